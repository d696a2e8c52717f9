import { EmbeddedPostgresError } from '@muster/embedded-postgres'
import { StoreUnavailable } from '@muster/event-store'
import { NewerLog } from '@muster/event-store-postgres'
import type { Clock } from '@muster/kernel'
import { isUnavailable, NewerSchema, OtherMasterKey } from '@muster/projections'
import type { Type } from '@nestjs/common'
import type { Logger } from 'pino'
import { readArguments } from './arguments.ts'
import { configurationOfProcess, effectiveSettings, type Environment } from './configuration.ts'
import { openDatabase, type Database } from './database.ts'
import { chooseIdentity } from './chosen-identity.ts'
import { startHost, type Host } from './host.ts'
import { openKafka } from './kafka.ts'
import { makeLogger } from './log.ts'
import { readPersonalKeys } from './personal-key.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/*
 * One process, from its settings to its exit code. A service's `main.ts` is `await run(ItsModule)`.
 *
 * SIGTERM and SIGINT drain and exit 0, at whatever moment they come: a start looks for them between its steps and undoes what it has done.
 * A start that fails does the same, says why in one sentence and exits 1. Arguments that mean nothing are said so, with exit code 2.
 */

export const systemClock: Clock = () => new Date().toISOString()

/** Resolves when Muster is ready. */
export async function run(...modules: Type[]): Promise<void> {
  const given = readArguments(process.argv.slice(2))
  switch (given.kind) {
    case 'help':
      return void process.stdout.write(`${given.text}\n`)
    case 'unknown':
      process.stderr.write(`muster: ${given.sentence}\n`)
      process.exitCode = 2
      return
    case 'start':
      return await runUntilStopped(modules, given.set)
  }
}

async function runUntilStopped(modules: readonly Type[], set: Environment): Promise<void> {
  const stopping = new AbortController()
  let logger = makeLogger({ level: 'info' })
  let ending: Promise<void> | undefined

  // Begins when this function first waits. By then the handlers stand, so that no signal ends the process in the middle of a step.
  const starting = Promise.resolve().then(() => {
    const { settings, warnings } = configurationOfProcess(set)
    logger = makeLogger(settings.log)
    for (const warning of warnings) logger.warn(warning)
    logger.info(effectiveSettings(settings), 'settings in force')
    return start(modules, settings, logger, stopping.signal, error => void end(1, error))
  })

  async function drain(code: number, why: unknown): Promise<void> {
    stopping.abort(new Stopping())
    // A start that is under way undoes itself and rejects; one that was done is stopped here.
    await starting.then(started => started.stop()).catch(() => undefined)
    if (code !== 0) tell(why, logger)
    else logger.info('stopped')
    process.exit(code)
  }
  const end = (code: number, why: unknown): Promise<void> => (ending ??= drain(code, why))

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      logger.info(`${signal}: stopping`)
      void end(0, undefined)
    })
  process.on('uncaughtException', error => void end(1, error))
  process.on('unhandledRejection', error => void end(1, error))

  try {
    const { host, ready } = await starting
    ready(host.url)
  } catch (error) {
    if (!stopping.signal.aborted) await end(1, error)
    await ending
  }
}

class Stopping extends Error {
  override readonly name = 'Stopping'
}

interface Running {
  readonly host: Host
  ready(url: string): void
  stop(): Promise<void>
}

async function start(
  modules: readonly Type[],
  settings: Settings,
  logger: Logger,
  signal: AbortSignal,
  onLost: (error: Error) => void,
): Promise<Running> {
  const identity = chooseIdentity(settings, logger)
  const bus = openKafka(settings, logger)
  if (bus === null)
    logger.info('no Kafka is configured (MUSTER_KAFKA_BROKERS): events come by HTTP only, and decisions and alerts for topics wait')
  signal.throwIfAborted()

  let database: Database | undefined
  try {
    database = await openDatabase(settings, logger, signal, onLost)
    signal.throwIfAborted()
    const host = await startHost(modules, {
      settings,
      identity: identity.settings,
      demo: identity.demo,
      databaseUrl: database.url,
      masterKeys: readPersonalKeys(settings, logger),
      bus,
      clock: systemClock,
      logger,
      signal,
    })
    return {
      host,
      ready(url) {
        identity.ready(url)
        logger.info(`Muster is ready on ${url} · API ${url}/openapi.json · health ${url}/health/ready · try: npx muster tour`)
      },
      async stop() {
        await host.stop()
        await database?.close()
      },
    }
  } catch (error) {
    await database?.close()
    throw error
  }
}

/**
 * Once: one sentence on stderr for what people can mend, whatever becomes of the log; the stack in the log for what only we can.
 */
function tell(error: unknown, logger: Logger): void {
  const sentence = sentenceOf(error)
  if (sentence === undefined) return logger.fatal({ err: error }, 'Muster stopped because of an error of its own')
  process.stderr.write(`muster: ${sentence}\n`)
}

/** What says itself what to do. */
const ours = [StartError, EmbeddedPostgresError, NewerLog, NewerSchema, OtherMasterKey]

function sentenceOf(error: unknown): string | undefined {
  if (ours.some(kind => error instanceof kind)) return (error as Error).message
  if (error instanceof StoreUnavailable || isUnavailable(error))
    return `the database does not answer (${messageOf(error)}): start it, or set MUSTER_DATABASE_URL to where it is`
  if (isRefused(error))
    return `the database refuses us (${messageOf(error)}): set MUSTER_DATABASE_URL to a database and a user who may make tables in it`
  return undefined
}

/** SQLSTATE: invalid authorization, no such database, insufficient privilege. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(28...|3D000|42501)$/.test(error.code)

/** A refused connection to several addresses has its messages inside. */
const messageOf = (error: unknown): string => {
  if (error instanceof Error && error.cause !== undefined) return messageOf(error.cause)
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
