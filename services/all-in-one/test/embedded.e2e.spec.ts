import { afterAll, inject } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { acceptance } from './acceptance.ts'
import { identityFile } from './identity.ts'
import { remainsSound } from './memory.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

let muster: MusterProcess | undefined
let database: Awaited<ReturnType<typeof freshDatabase>> | undefined

afterAll(async () => {
  await muster?.stop()
  await database?.drop()
})

acceptance('every service in one process', async () => {
  database = await freshDatabase(inject('databaseUrl'))
  muster = await startMuster({
    env: { MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_PORT: '0', MUSTER_IDENTITY_FILE: identityFile() },
  })
  await agreeToPolicies(muster.url)
  return muster
})

remainsSound(() => ({ url: database?.url ?? '' }))
