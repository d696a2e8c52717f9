import { parseArgs } from 'node:util'
import { UsageError, type Bench, type Result } from '../bench.ts'
import { endingWhatItStarts } from '../program.ts'
import { median, rounded } from '../statistics.ts'
import { openClient, type Client } from './client.ts'
import { startHandBuilt, startMuster, type Contender } from './contender.ts'
import { latencyOf, throughputOf, type Latency } from './measure.ts'
import { startServers } from './servers.ts'
import { evidenceOf, questions } from './workload.ts'

const help = `npm run bench -- pipeline [options]

Deploy intents through a real Kafka to the decision on a topic: Muster's embedded default, and beside it, in rounds that take turns, the gate
that a team would write by hand (kafkajs eachMessage, opa-wasm, one INSERT, one message). Every decision of both is compared.

  --intents N   intents of a round's throughput phase    (default 5000)
  --rounds N    rounds; figures are medians over them    (default 3)
  --models N    models that the intents are spread over  (default 50)
  --quick       one round of 1000 intents
  --profile DIR CPU profiles of both, for Chrome's developer tools
  --help        this text

Java 17 is needed, and Maven the first time, for Kafka.`

/** The latency phase offers this share of what the slower of the two got through in the same round, to both. */
const offered = 0.3
const latencySeconds = 10

interface Options {
  readonly intents: number
  readonly rounds: number
  readonly models: number
  readonly profile?: string | undefined
}

interface Round {
  readonly throughput: Record<Contender['name'], number>
  readonly latency: Record<Contender['name'], Latency>
}

export const pipeline: Bench = {
  name: 'pipeline',
  summary: 'intents through Kafka to the decision, beside a gate written by hand',
  help,
  async run(args, say) {
    const options = optionsOf(args)
    return await endingWhatItStarts(toEnd => measure(options, say, toEnd))
  },
}

async function measure(options: Options, say: (line: string) => void, toEnd: (() => Promise<unknown>)[]): Promise<Result> {
  const servers = await startServers(say, toEnd)
  const ofMuster = await startMuster({ ...servers, databaseUrl: servers.databaseUrls[0] }, options.profile)
  toEnd.push(() => ofMuster.stop())
  const ofHand = await startHandBuilt({ ...servers, databaseUrl: servers.databaseUrls[1] }, options.profile)
  toEnd.push(() => ofHand.stop())
  const contenders = [ofMuster, ofHand] as const
  const client = await openClient(
    servers.brokers,
    contenders.map(({ topics }) => topics.decisions),
  )
  toEnd.push(() => client.close())

  await warmUp(client, contenders, options, say)
  const rounds: Round[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    const inTurn = round % 2 === 1 ? contenders : contenders.toReversed()
    rounds.push(await takeRound(client, inTurn, round, options, say))
  }
  return resultOf(rounds)
}

/** The evidence, and then enough intents that both run as they will run. */
async function warmUp(client: Client, contenders: readonly Contender[], { intents, models }: Options, say: (line: string) => void) {
  for (const contender of contenders) {
    await client.send(contender.topics.lifecycle, evidenceOf(models))
    await throughputOf(client, contender, questions('warm-up', Math.min(intents, 2_000), models))
    await contender.settle()
  }
  say(`warm: ${models} models with their evidence, and the first intents decided`)
}

async function takeRound(
  client: Client,
  contenders: readonly Contender[],
  round: number,
  { intents, models }: Options,
  say: (line: string) => void,
): Promise<Round> {
  const throughput = { muster: Number.NaN, handBuilt: Number.NaN }
  for (const contender of contenders) {
    throughput[contender.name] = await throughputOf(client, contender, questions(`throughput-${round}`, intents, models))
    const decided = performance.now()
    await contender.settle()
    const settled = ((performance.now() - decided) / 1_000).toFixed(1)
    say(`round ${round}  ${contender.name.padEnd(9)} ${rounded(throughput[contender.name])} intents/s, at rest ${settled} s later`)
  }

  const rate = offered * Math.min(throughput.muster, throughput.handBuilt)
  const asked = questions(`latency-${round}`, Math.ceil(Math.min(intents, rate * latencySeconds)), models)
  const latency = { muster: { p50: Number.NaN, p99: Number.NaN }, handBuilt: { p50: Number.NaN, p99: Number.NaN } }
  for (const contender of contenders) {
    latency[contender.name] = await latencyOf(client, contender, asked, rate)
    await contender.settle()
    const { p50, p99 } = latency[contender.name]
    say(`round ${round}  ${contender.name.padEnd(9)} p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms at ${rounded(rate)} intents/s`)
  }
  return { throughput, latency }
}

function resultOf(rounds: readonly Round[]): Result {
  const over = (figure: (round: Round) => number): number => rounded(median(rounds.map(figure)))
  return {
    ratios: { handBuilt: over(({ throughput }) => throughput.muster / throughput.handBuilt) },
    figures: {
      intentsPerSecond: over(({ throughput }) => throughput.muster),
      p50ms: over(({ latency }) => latency.muster.p50),
      p99ms: over(({ latency }) => latency.muster.p99),
      handBuiltIntentsPerSecond: over(({ throughput }) => throughput.handBuilt),
      handBuiltP50ms: over(({ latency }) => latency.handBuilt.p50),
      handBuiltP99ms: over(({ latency }) => latency.handBuilt.p99),
    },
  }
}

function optionsOf(args: readonly string[]): Options {
  const count = { type: 'string' } as const
  const options = { intents: count, rounds: count, models: count, profile: count, quick: { type: 'boolean', default: false } } as const
  const values = parsed(() => parseArgs({ args: [...args], options }).values)
  const whole = (name: 'intents' | 'rounds' | 'models', usual: number): number => {
    const number = Number(values[name] ?? usual)
    if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name} ${values[name]} is not a whole number above 0.`)
    return number
  }
  return {
    intents: whole('intents', values.quick ? 1_000 : 5_000),
    rounds: whole('rounds', values.quick ? 1 : 3),
    models: whole('models', 50),
    profile: values.profile,
  }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}
