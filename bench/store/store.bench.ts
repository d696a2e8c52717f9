import { parseArgs } from 'node:util'
import { UsageError, type Bench, type Result } from '../bench.ts'
import { startPostgres } from '../pipeline/postgres.ts'
import { endingWhatItStarts } from '../program.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { copyRate, emmett, muster, preparedInsert, type Contender } from './contenders.ts'
import { contentLength, eventsOf, streamOf } from './events.ts'
import { latencies, throughput } from './load.ts'
import { rebuild } from './rebuild.ts'
import { replay } from './replay.ts'
import { soak } from './soak.ts'

const help = `npm run bench -- store [options]

Single events of about 1 KB appended with 32, 128 and 512 in flight, beside @event-driven-io/emmett-postgresql and one prepared INSERT a request (32 and
128), and one binary COPY of prebuilt rows; then 10,000 a second offered; then the log replayed and folded beside JSON.parse alone, and a read model
built beside a row written per event. One PostgreSQL, fsync on, a database for each; rounds take turns, and nobody's answer counts that is
not in the table.

  --rounds N   rounds; figures are medians over them    (default 5)
  --seconds N  of each measurement                      (default 3)
  --quick      1 round of 1 second
  --soak       instead of all that: 1,000,000 events by two writers beside long transactions and rolled back ones (--quick: 100,000),
               and a subscriber who must miss none
  --help       this text`

export const store: Bench = {
  name: 'store',
  summary: 'appends, replay and read models on PostgreSQL, beside emmett, INSERT and COPY',
  help,
  async run(args, say) {
    const { rounds, ms, soaking } = optionsOf(args)
    return await endingWhatItStarts(async toEnd => {
      const server = await startPostgres()
      toEnd.push(() => server.stop())
      if (soaking !== undefined) {
        const { perSecond, rolledBack } = await soak(server.url, soaking, say)
        say(`${soaking} events, ${rolledBack} transactions rolled back, none missed`)
        return { ratios: {}, figures: { soaked: soaking, rolledBack, soakedPerSecond: rounded(perSecond) } }
      }
      say(`events of ${contentLength()} bytes and their context, ${rounds} rounds of ${ms / 1_000} s`)
      const rates = new Map<string, number[]>()
      const note = (name: string, rate: number): void => void rates.set(name, [...(rates.get(name) ?? []), rate])
      for (let round = 0; round < rounds; round++) await measureRound(server.url, round, ms, note)
      for (const [name, each] of rates) say(`${name.padEnd(12)} ${rounded(median(each))} events/s`)

      const ratio = (one: string, other: string): number =>
        rounded(median((rates.get(one) ?? []).map((rate, round) => rate / (rates.get(other)?.[round] ?? Number.NaN))))
      const each = await offered(server.url, ms)
      say(`10,000/s offered: p50 ${rounded(median(each))} ms, p99 ${rounded(percentile(each, 0.99))} ms`)
      const read = await replayed(server.url, Math.round(20 * ms))
      say(`replayed and folded: ${rounded(read.perSecond)} events/s; JSON.parse alone: ${rounded(read.parsePerSecond)}`)
      const built = await rebuild(server.url, Math.round(5 * ms))
      say(`a read model built: ${rounded(built.perSecond)} events/s; a row for each event: ${rounded(built.upsertsPerSecond)}`)
      const result: Result = {
        ratios: {
          emmett32: ratio('muster32', 'emmett32'),
          emmett128: ratio('muster128', 'emmett128'),
          insert32: ratio('muster32', 'insert32'),
          copy512: ratio('muster512', 'copy'),
          jsonParseReplay: rounded(read.perSecond / read.parsePerSecond),
          upsertRebuild: rounded(built.perSecond / built.upsertsPerSecond),
        },
        figures: {
          appendsPerSecond32: rounded(median(rates.get('muster32') ?? [])),
          appendsPerSecond128: rounded(median(rates.get('muster128') ?? [])),
          appendsPerSecond512: rounded(median(rates.get('muster512') ?? [])),
          p50msAt10000: rounded(median(each)),
          p99msAt10000: rounded(percentile(each, 0.99)),
          replayedPerSecond: rounded(read.perSecond),
          rebuiltPerSecond: rounded(built.perSecond),
        },
      }
      return result
    })
  },
}

/** What PostgreSQL has by default is 100, for everybody. */
const mostConnections = 64
/** More than any of them manages in the time. */
const mostPerSecond = 40_000

async function measureRound(server: string, round: number, ms: number, note: (name: string, rate: number) => void): Promise<void> {
  const measurements: (() => Promise<void>)[] = [32, 128].flatMap(inFlight => [
    () => measured(muster(server), inFlight),
    () => measured(emmett(server, Math.min(inFlight, mostConnections)), inFlight),
    () => measured(preparedInsert(server, Math.min(inFlight, mostConnections)), inFlight),
  ])
  measurements.push(
    () => measured(muster(server), 512),
    async () => {
      const stream = streamOf(0)
      note(
        'copy',
        await copyRate(
          server,
          Array.from(eventsOf(stream, 20 * ms), (event, n) => [stream, n, event] as const),
        ),
      )
    },
  )
  for (const measurement of round % 2 === 0 ? measurements : measurements.toReversed()) await measurement()

  async function measured(opening: Promise<Contender>, inFlight: number): Promise<void> {
    const contender = await opening
    try {
      const most = Math.ceil((mostPerSecond * ms) / 1_000 / inFlight)
      // Connections are made and plans are made before the clock runs.
      await throughput(contender, inFlight, ms / 6, most)
      note(`${contender.name}${inFlight}`, await throughput(contender, inFlight, ms, most))
    } finally {
      await contender.close()
    }
  }
}

async function offered(server: string, ms: number): Promise<readonly number[]> {
  const contender = await muster(server)
  try {
    await latencies(contender, 2_000, ms / 3)
    return await latencies(contender, 10_000, ms)
  } finally {
    await contender.close()
  }
}

async function replayed(server: string, events: number) {
  const { store: log, close, append } = await muster(server)
  try {
    const perStream = 20
    for (let from = 0; from < events; from += 200 * perStream)
      await Promise.all(
        Array.from({ length: 200 }, async (_, worker) => {
          const stream = streamOf(from + worker)
          let n = 0
          for (const event of eventsOf(stream, perStream)) await append(stream, n++, event)
        }),
      )
    await replay(log)
    return await replay(log)
  } finally {
    await close()
  }
}

function optionsOf(args: readonly string[]): { readonly rounds: number; readonly ms: number; readonly soaking?: number } {
  try {
    const text = { type: 'string' } as const
    const flag = { type: 'boolean', default: false } as const
    const { values } = parseArgs({ args: [...args], options: { rounds: text, seconds: text, quick: flag, soak: flag } })
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 5))
    const seconds = Number(values.seconds ?? (values.quick ? 1 : 3))
    if (Number.isInteger(rounds) && rounds > 0 && seconds > 0)
      return { rounds, ms: seconds * 1_000, ...(values.soak && { soaking: values.quick ? 100_000 : 1_000_000 }) }
    throw new Error('--rounds is a whole number above 0, --seconds a number above 0.')
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}
