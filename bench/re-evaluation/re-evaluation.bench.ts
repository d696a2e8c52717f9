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
import { modelOf, models, publish, publishStarter, seedModels, seedRunning } from './seed.ts'
import { startServices, type Services } from './services.ts'

const help = `npm run bench -- re-evaluation [options]

Many deployments are cleared and run; then the catalogue changes, and each one that the change affects is checked again. Meanwhile intents are
declared at a steady rate: what they wait for their decision, before and during that, is measured. A real PostgreSQL, and the services
lifecycle and deployments as processes of their own.

  --deployments N  how many run                              (default 100000)
  --rate N         intents per second                        (default 10)
  --quick          5000 deployments
  --profile DIR    CPU profile of deployments, for Chrome's developer tools
  --help           this text`

interface Options {
  readonly deployments: number
  readonly rate: number
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
  const services = await startServices(database.url, toEnd, options.profile)
  const store = await postgresEventStore({ url: database.url, now: () => new Date().toISOString(), logger: quiet })
  toEnd.push(() => store.close())
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  toEnd.push(() => sql.end())
  const bench: Running = { services, store, sql, options, say }

  await seed(bench)
  const rate = { perSecond: options.rate, atOnce: options.rate * 5 }
  const until = performance.now() + baselineMs
  await latencyWhile(services, rate, () => performance.now() > until - baselineMs + 5_000)
  const before = await latencyWhile(services, rate, () => performance.now() > until + 5_000)
  say(`before: ${told(before)}`)

  // One model in twenty is below it, so that one in twenty records another outcome; for all others the rule is new and passes.
  const strict = await sweep(bench, warning('strict', "intent.environment == 'production'", `!(model.name in ${listOf(models / 20)})`))
  const narrow = await sweep(bench, warning('narrow', `model.name in ${listOf(models / 100)}`, 'evaluation.balancedAccuracy >= 0.1'))
  return {
    ratios: { p50: rounded(before.p50 / strict.latency.p50), p99: rounded(before.p99 / strict.latency.p99) },
    figures: {
      deployments: options.deployments,
      p50msBefore: rounded(before.p50),
      p99msBefore: rounded(before.p99),
      p50msDuring: rounded(strict.latency.p50),
      p99msDuring: rounded(strict.latency.p99),
      checkedPerSecond: rounded(strict.affected / strict.seconds),
      recorded: strict.recorded,
      passedByPerSecond: rounded((narrow.open - narrow.affected) / narrow.seconds),
      p99msDuringNarrow: rounded(narrow.latency.p99),
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

async function seed({ services, store, sql, options, say }: Running): Promise<void> {
  await publishStarter(store)
  await seedModels(services.lifecycle)
  say(`seeding: ${models} models with their evidence, and ${options.deployments} intents and roll-outs`)
  const began = performance.now()
  const seeding = seedRunning(store, options.deployments)
  const cleared = () => count(sql, `select count(*)::int as n from deployments.open_deployments where status = 'cleared'`)
  let told = began
  for (let found = 0; found < options.deployments || (await behind(sql)) > 0; found = await cleared()) {
    if (performance.now() - told > 10_000) {
      told = performance.now()
      say(`seeding: ${found} are cleared`)
    }
    await Promise.race([pause(500), services.crashed])
  }
  await seeding
  const seconds = (performance.now() - began) / 1_000
  say(`seeded: ${options.deployments} were decided and run, ${rounded(options.deployments / seconds)} a second`)
  const other = await count(sql, `select count(*)::int as n from deployments.open_deployments where status <> 'cleared'`)
  const violations = await count(sql, `select count(*)::int as n from log.events where category = 'violation'`)
  if (other > 0 || violations > 0) throw new Error(`${other} are not cleared, and ${violations} violations were found`)
  await sql.query('vacuum analyze')
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
  /** How many were open when the catalogue changed, how many of them it affects, and how many recorded another outcome. */
  readonly open: number
  readonly affected: number
  readonly recorded: number
}

/** Publishes the document, declares intents until nobody is left to be checked again, and looks whether each was checked once. */
async function sweep({ services, store, sql, options, say }: Running, { document, applies, fails }: Change): Promise<Sweep> {
  while ((await behind(sql)) > 0) await pause(50)
  const open = await sql.query<{ model: string }>('select model from deployments.open_deployments')
  const affected = open.rows.filter(({ model }) => applies(model)).length
  const expected = open.rows.filter(({ model }) => applies(model) && fails(model)).length
  const checked = await checkedForChanges(services)
  const head = await store.head()

  const began = performance.now()
  await publish(store, document)
  let isOver = false
  const watching = (async () => {
    for (let reached = ''; ; await pause(250)) {
      const { rows } = await sql.query<{ reached: string }>('select reached from deployments.rechecks')
      reached ||= rows[0]?.reached ?? ''
      if (reached !== '' && rows.length === 0) break
    }
    isOver = true
    return (performance.now() - began) / 1_000
  })()
  const rate = { perSecond: options.rate, atOnce: options.rate * 5 }
  const [latency, seconds] = await Promise.all([latencyWhile(services, rate, () => isOver), watching])

  const times = (await checkedForChanges(services)) - checked
  if (times !== affected) throw new Error(`${affected} are affected by ${document.id}, and ${times} checks were made for it`)
  const { rows } = await sql.query<{ events: number }>(
    `select count(*)::int as events from log.events
      where category = 'deployment' and position > $1 and stream not like 'deployment-new-%' group by stream`,
    [head],
  )
  const asked = await count(
    sql,
    `select count(*)::int as n from log.events where stream like 'deployment-new-%' and position > ${head} and revision > 2`,
  )
  const recorded = rows.length + asked
  if (recorded !== expected || rows.some(({ events }) => events !== 1))
    throw new Error(`${expected} come out otherwise by ${document.id}, and ${recorded} recorded something`)
  say(
    `${document.id}: of ${open.rows.length} open it affects ${affected}; each was checked once, ${recorded} recorded another outcome; ` +
      `${rounded(seconds)} s; meanwhile ${told(latency)}`,
  )
  return { latency, seconds, open: open.rows.length, affected, recorded }
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
  const options = { deployments: text, rate: text, profile: text, quick: { type: 'boolean', default: false } } as const
  const values = parsed(() => parseArgs({ args: [...args], options }).values)
  const whole = (name: 'deployments' | 'rate', usual: number): number => {
    const number = Number(values[name] ?? usual)
    if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name} ${values[name]} is not a whole number above 0.`)
    return number
  }
  return { deployments: whole('deployments', values.quick ? 5_000 : 100_000), rate: whole('rate', 10), profile: values.profile }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}
