import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf } from '../../infra/test/callers.ts'
import { startProgram } from '../program.ts'

/** The services that take an intent in and decide it, each a process of its own on one database, as in a split installation. */
export interface Services {
  readonly lifecycle: string
  readonly deployments: string
  /** Rejects when one of them ends before it is stopped. */
  readonly crashed: Promise<never>
  stop(): Promise<void>
}

/** Where they keep what belongs to the installation: whoever starts them again on one database gives the same. */
export async function installation(toEnd: (() => Promise<unknown>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
  toEnd.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function startServices(
  databaseUrl: string,
  folder: string,
  toEnd: (() => Promise<unknown>)[],
  profile?: string,
): Promise<Services> {
  const identity = join(folder, 'identity.yaml')
  await writeFile(identity, JSON.stringify(identityOf({ tom: [], rita: ['model-risk'], ana: ['model-risk'] })))
  const start = async (context: string, into?: string) => {
    const env = {
      MUSTER_HTTP_PORT: '0',
      MUSTER_DATA_DIR: folder,
      MUSTER_DATABASE_URL: databaseUrl,
      MUSTER_IDENTITY_FILE: identity,
      MUSTER_LOG_FORMAT: 'json',
    }
    const program = await startProgram(`services/${context}/src/main.ts`, /Muster is ready on (http:\/\/[^\s"]+)/, env, into)
    toEnd.push(() => program.stop())
    return program
  }
  const lifecycle = await start('lifecycle')
  const deployments = await start('deployments', profile)
  return {
    lifecycle: lifecycle.said,
    deployments: deployments.said,
    crashed: Promise.race([lifecycle.crashed, deployments.crashed]),
    async stop() {
      await deployments.stop()
      await lifecycle.stop()
    },
  }
}
