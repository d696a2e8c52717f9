import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Policy } from '@muster/contracts'
import { postgresEventStore } from '../../libs/event-store-postgres/src/index.ts'
import type { EventStore } from '../../libs/event-store/src/index.ts'
import { Client } from 'pg'
import { freshDatabase } from '../../infra/test/database.ts'
import { UsageError, type Bench, type Result } from '../bench.ts'
import { startPostgres } from '../pipeline/postgres.ts'
import { endingWhatItStarts } from '../program.ts'
import { rounded } from '../statistics.ts'
import { checkedForChanges, latencyWhile, type Latency } from './observe.ts'
import { copyTemplates, modelOf, models, publish, publishStarter, seedModels, seedTemplates } from './seed.ts'
import { installation, startServices, type Services } from './services.ts'

const help = `npm run bench -- re-evaluation [options]

Many deployments are cleared and run; then the catalogue changes, and each one that the change affects is checked again. Meanwhile intents are
declared at a steady rate: what they wait for their decision, before and during that, is measured. A real PostgreSQL, and the services
lifecycle and deployments as processes of their own.

  --deployments N  how many run, a multiple of 200          (default 100000)
  --rate N         intents per second                        (default 10)
  --change NAME    strict, which concerns all; narrow, one model in a hundred; or both, narrow when strict is over  (default both)
  --seconds N      for how long a change is watched at most  (default 120)
  --quick          5000 deployments
  --profile DIR    CPU profile of deployments, for Chrome's developer tools
  --help           this text`

interface Options {
  readonly deployments: number
  readonly rate: number
  readonly seconds: number
  readonly change: 'strict' | 'narrow' | 'both'
  readonly profile?: string | undefined
}

const baselineMs = 30_000

export const reEvaluation: Bench = {
  name: 're-evaluation',
  summary: 'a change of the catalogue over what runs, and intents meanwhile',
  help,
  async run(args, say) {
    const options = optionsOf(args)
    return await endingWhatItStarts(toEnd => measure(options, say, toEnd))
  },
}

async function measure(options: Options, say: (line: string) => void, toEnd: (() => Promise<unknown>)[]): Promise<Result> {
  const postgres = await startPostgres()
  toEnd.push(() => postgres.stop())
  const database = await freshDatabase(postgres.url)
  toEnd.push(() => database.drop())
  const store = await postgresEventStore({ url: database.url, now: () => new Date().toISOString(), logger: quiet })
  toEnd.push(() => store.close())
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  toEnd.push(() => sql.end())

  const folder = await installation(toEnd)
  const seeding = await startServices(database.url, folder, toEnd)
  await seed({ services: seeding, store, sql, options, say })
  await seeding.stop()
  const began = performance.now()
  await copyTemplates(sql, options.deployments, copied => say(`seeding: ${copied} run`))
  say(`seeded: ${options.deployments} run, in ${rounded((performance.now() - began) / 1_000)} s`)
  const services = await startServices(database.url, folder, toEnd, options.profile)
  const bench: Running = { services, store, sql, options, say }

  const rate = { perSecond: options.rate, atOnce: options.rate * 5 }
  const until = performance.now() + baselineMs
  await latencyWhile(services, rate, () => performance.now() > until - baselineMs + 5_000)
  const before = await latencyWhile(services, rate, () => performance.now() > until + 5_000)
  say(`before: ${told(before)}`)

  // One model in twenty is below it, so that one in twenty records another outcome; for all others the rule is new and passes.
  const strict = () => sweep(bench, warning('strict', "intent.environment == 'production'", `!(model.name in ${listOf(models / 20)})`))
  const narrow = () => sweep(bench, warning('narrow', `model.name in ${listOf(models / 100)}`, 'evaluation.balancedAccuracy >= 0.1'))
  const during = await (options.change === 'narrow' ? narrow : strict)()
  const behind = options.change === 'both' && during.isOver ? await narrow() : undefined
  if (options.change === 'both' && behind === undefined)
    say('narrow: not begun, since strict is not over: --change narrow measures it alone')
  return {
    ratios: { p50: rounded(before.p50 / during.latency.p50), p99: rounded(before.p99 / during.latency.p99) },
    figures: {
      deployments: options.deployments,
      p50msBefore: rounded(before.p50),
      p99msBefore: rounded(before.p99),
      p50msDuring: rounded(during.latency.p50),
      p99msDuring: rounded(during.latency.p99),
      lookedAtPerSecond: rounded(during.lookedAt / during.seconds),
      checkedPerSecond: rounded(during.checked / during.seconds),
      recorded: during.recorded,
      ...(behind !== undefined && {
        p50msDuringNarrow: rounded(behind.latency.p50),
        p99msDuringNarrow: rounded(behind.latency.p99),
        lookedAtPerSecondNarrow: rounded(behind.lookedAt / behind.seconds),
      }),
    },
  }
}

interface Running {
  readonly services: Services
  readonly store: EventStore
  readonly sql: Client
  readonly options: Options
  readonly say: (line: string) => void
}

async function seed({ services, store, sql, say }: Running): Promise<void> {
  await publishStarter(store)
  await seedModels(services.lifecycle)
  say(`seeding: ${models} models with their evidence, and one deployment of each`)
  await seedTemplates(store)
  const cleared = () => count(sql, `select count(*)::int as n from deployments.open_deployments where status = 'cleared'`)
  while ((await cleared()) < models || (await behind(sql)) > 0) await Promise.race([pause(100), services.crashed])
  const violations = await count(
    sql,
    `select count(*)::int as n from log.events where category = 'violation' and type like 'violation.found%'`,
  )
  if (violations > 0) throw new Error(`${violations} violations were found`)
}

/** Events of intents and endpoints that deployments has still to see. A decision is heard before the step that made it is over. */
const behind = (sql: Client): Promise<number> =>
  count(
    sql,
    `select (select max(position) from log.events where category in ('intent', 'endpoint')) - position as n from deployments.progress`,
  )

interface Sweep {
  readonly latency: Latency
  readonly seconds: number
  /** How many were looked at and how many of them checked, until all were or the time was over; and how many recorded another outcome. */
  readonly lookedAt: number
  readonly checked: number
  readonly recorded: number
  readonly isOver: boolean
}

/** Publishes the document, declares intents until nobody is left to be checked again or the time is over, and looks whether each was checked once. */
async function sweep({ services, store, sql, options, say }: Running, change: Change): Promise<Sweep> {
  const { document } = change
  while ((await behind(sql)) > 0) await pause(50)
  const before = await checkedForChanges(services)
  const head = await store.head()
  const rows = await sql.query<{ id: string; model: string }>('select id, model from deployments.open_deployments order by id collate "C"')

  const began = performance.now()
  await publish(store, document)
  let isOver = false
  const watching = (async () => {
    for (let reached = ''; ; await pause(250)) {
      const { rows: rechecks } = await sql.query<{ reached: string }>('select reached from deployments.rechecks')
      const ended = reached !== '' && rechecks.length === 0
      reached = rechecks[0]?.reached ?? reached
      if (!ended && performance.now() - began < options.seconds * 1_000) continue
      isOver = true
      return {
        reached: ended ? undefined : reached,
        seconds: (performance.now() - began) / 1_000,
        checked: await checkedForChanges(services),
      }
    }
  })()
  const rate = { perSecond: options.rate, atOnce: options.rate * 5 }
  const [latency, { reached, seconds, checked }] = await Promise.all([latencyWhile(services, rate, () => isOver), watching])

  const lookedAt = reached === undefined ? rows.rows : rows.rows.slice(0, rows.rows.findIndex(({ id }) => id === reached) + 1)
  const times = checked - before
  const recorded = await checkOnce(sql, change, head, lookedAt, times, reached === undefined)
  say(
    `${document.id}: ${lookedAt.length} of ${rows.rows.length} open were looked at in ${rounded(seconds)} s and ${times} of them checked, each once; ` +
      `${recorded} recorded another outcome; meanwhile ${told(latency)}`,
  )
  return { latency, seconds, lookedAt: lookedAt.length, checked: times, recorded, isOver: reached === undefined }
}

/**
 * Those that were looked at and are affected were checked once: as many checks were made, and whoever comes out otherwise recorded that in
 * exactly one event. While it is not over, a few may be counted that came behind the last look at where it stands.
 */
async function checkOnce(
  sql: Client,
  { document, applies, fails }: Change,
  head: number,
  lookedAt: readonly { readonly id: string; readonly model: string }[],
  times: number,
  isOver: boolean,
): Promise<number> {
  const affected = lookedAt.filter(({ model }) => applies(model))
  const late = times - affected.length
  if (late < 0 || late > (isOver ? 0 : 1_000))
    throw new Error(`${affected.length} are affected by ${document.id}, and ${times} checks were made for it`)
  const { rows } = await sql.query<{ id: string; events: number }>(
    `select substr(stream, 12) as id, count(*)::int as events from log.events
      where category = 'deployment' and position > $1 and type like 'deployment.checked%' group by stream`,
    [head],
  )
  const recorded = new Map(rows.map(({ id, events }) => [id, events]))
  const wrong = affected.filter(({ id, model }) => (recorded.get(id) ?? 0) !== (fails(model) ? 1 : 0))
  if (wrong.length > 0) throw new Error(`${wrong.length} did not record what ${document.id} changes exactly once, such as ${wrong[0]?.id}`)
  return affected.filter(({ model }) => fails(model)).length
}

interface Change {
  readonly document: Policy
  readonly applies: (model: string) => boolean
  readonly fails: (model: string) => boolean
}

const first = (count: number): string[] => Array.from({ length: count }, (_, model) => modelOf(model))
const listOf = (count: number): string =>
  `[${first(count)
    .map(name => `'${name}'`)
    .join(', ')}]`

function warning(id: 'strict' | 'narrow', appliesTo: string, assert: string): Change {
  const document: Policy = {
    apiVersion: 'muster.dev/v1',
    kind: 'Policy',
    id,
    title: 'A rule that is new',
    owner: 'group:model-risk',
    severity: 'medium',
    mode: 'warn',
    at: ['intent', 'rollout'],
    appliesTo,
    rules: [{ id: 'holds', assert, message: 'It does not hold.' }],
    onUnknown: 'block',
  }
  const [failing, applying] = [new Set(first(models / 20)), new Set(first(models / 100))]
  return id === 'strict'
    ? { document, applies: () => true, fails: model => failing.has(model) }
    : { document, applies: model => applying.has(model), fails: () => false }
}

const told = ({ p50, p99, intents }: Latency): string => `${intents} intents decided, p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms`

async function count(sql: Client, text: string): Promise<number> {
  const { rows } = await sql.query<{ n: number | string }>(text)
  return Number(rows[0]?.n ?? 0)
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

function optionsOf(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const options = {
    deployments: text,
    rate: text,
    seconds: text,
    change: text,
    profile: text,
    quick: { type: 'boolean', default: false },
  } as const
  const values = parsed(() => parseArgs({ args: [...args], options }).values)
  const whole = (name: 'deployments' | 'rate' | 'seconds', usual: number): number => {
    const number = Number(values[name] ?? usual)
    if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name} ${values[name]} is not a whole number above 0.`)
    return number
  }
  const deployments = whole('deployments', values.quick ? 5_000 : 100_000)
  if (deployments % models !== 0)
    throw new UsageError(`--deployments ${deployments} is no multiple of ${models}: each of ${models} models runs as often as the others.`)
  const { change = 'both' } = values
  if (change !== 'strict' && change !== 'narrow' && change !== 'both')
    throw new UsageError(`--change ${change} is none of strict, narrow and both.`)
  return { deployments, rate: whole('rate', 10), seconds: whole('seconds', 120), change, profile: values.profile }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}
