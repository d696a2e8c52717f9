import { afterAll, inject } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { proxyMissing } from '../../../infra/proxy/proxy.mjs'
import { freshDatabase } from '../../../infra/test/database.ts'
import { acceptance } from './acceptance.ts'
import { identityFile } from './identity.ts'
import { freePort, startMuster, type MusterProcess } from './muster.process.ts'
import { startProxy } from './proxy.process.ts'

/* Each service a process of its own, on one PostgreSQL and one Kafka, behind the proxy configuration of the repository. */

const services = ['lifecycle', 'policies', 'deployments', 'approvals', 'alerts', 'compliance', 'assurance']
const brokers = inject('kafkaBrokers')
const missing = proxyMissing()

const running: { stop(): Promise<unknown> }[] = []
let database: Awaited<ReturnType<typeof freshDatabase>> | undefined

afterAll(async () => {
  await Promise.all(running.map(one => one.stop()))
  await database?.drop()
})

acceptance(
  'each service in a process of its own',
  async () => {
    database = await freshDatabase(inject('databaseUrl'))
    const identity = identityFile()
    const url = database.url
    const ports: Record<string, number> = { 7070: await freePort() }
    const start = async (service: string, index: number): Promise<MusterProcess> => {
      const port = await freePort()
      ports[7071 + index] = port
      return startMuster({
        entry: `services/${service}/src/main.ts`,
        env: {
          MUSTER_DATABASE_URL: url,
          MUSTER_HTTP_PORT: String(port),
          MUSTER_IDENTITY_FILE: identity,
          ...(brokers !== '' && { MUSTER_KAFKA_BROKERS: brokers }),
        },
      })
    }
    running.push(...(await Promise.all(services.map(start))))
    const proxy = await startProxy(ports)
    running.push(proxy)
    await agreeToPolicies(proxy.url)
    return proxy
  },
  missing,
)
