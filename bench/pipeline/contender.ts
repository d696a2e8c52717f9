import { tmpdir } from 'node:os'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { agreeToPolicies, reviewers } from '../../infra/test/agree.ts'
import { identityOf } from '../../infra/test/callers.ts'
import { root, startProgram } from '../program.ts'

/* The two that are measured, each a process of its own, on the same Kafka and the same PostgreSQL. */

export const partitions = 6

export interface Contender {
  readonly name: 'muster' | 'handBuilt'
  readonly topics: { readonly lifecycle: string; readonly decisions: string }
  readonly crashed: Promise<never>
  /** Resolves when nothing is left to do behind the decisions, so that the other is measured alone. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface Servers {
  readonly brokers: readonly string[]
  readonly databaseUrl: string
}

/** The embedded default: every service in one process, the starter policies in force, everything else as it comes. */
export async function startMuster({ brokers, databaseUrl }: Servers, profile?: string): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
  const identity = join(folder, 'identity.yaml')
  await writeFile(identity, JSON.stringify(identityOf({ tom: [], ...reviewers })))
  const program = await startProgram(
    'services/all-in-one/src/main.ts',
    /Muster is ready on (http:\/\/[^\s"]+)/,
    {
      MUSTER_HTTP_PORT: '0',
      MUSTER_DATA_DIR: folder,
      MUSTER_DATABASE_URL: databaseUrl,
      MUSTER_KAFKA_BROKERS: brokers.join(','),
      MUSTER_KAFKA_PARTITIONS: String(partitions),
      MUSTER_IDENTITY_FILE: identity,
      MUSTER_POLICIES_AUTHOR: 'tom',
      MUSTER_LOG_FORMAT: 'json',
    },
    profile,
  )
  await agreeToPolicies(program.said)
  return {
    name: 'muster',
    topics: { lifecycle: 'muster.lifecycle', decisions: 'muster.decisions' },
    crashed: program.crashed,
    async settle() {
      // Reactors write events that others follow: twice in a row, everybody has seen everything.
      for (let still = 0; still < 2; await pause(200)) still = (await lagOf(program.said)) === 0 ? still + 1 : 0
    },
    async stop() {
      await program.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Positions of the log that subscriptions, read models and publications have still to see, all together. */
async function lagOf(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`)
  const lags = [...(await response.text()).matchAll(/^muster_subscription_lag_events\{[^}]*\} (\d+)/gm)]
  if (lags.length === 0) throw new Error(`${url}/metrics tells no lag`)
  return lags.reduce((sum, [, lag]) => sum + Number(lag), 0)
}

export async function startHandBuilt({ brokers, databaseUrl }: Servers, profile?: string): Promise<Contender> {
  const program = await startProgram(
    'bench/pipeline/hand-built/main.ts',
    /hand-built is ready/,
    {
      BENCH_BROKERS: brokers.join(','),
      BENCH_DATABASE_URL: databaseUrl,
      BENCH_POLICY: join(root, 'bench/pipeline/hand-built/policy.wasm'),
      BENCH_PARTITIONS: String(partitions),
    },
    profile,
  )
  return {
    name: 'handBuilt',
    topics: { lifecycle: 'hand-built.lifecycle', decisions: 'hand-built.decisions' },
    crashed: program.crashed,
    // A decision is the last thing that it does.
    settle: () => Promise.resolve(),
    stop: program.stop,
  }
}
