import { parseArgs } from 'node:util'
import { UsageError, type Bench, type Result } from '../bench.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { backtest } from './backtest.ts'
import { endingWhatItStarts } from '../program.ts'
import { startContender, type Asked } from './contender.process.ts'
import type { Contender } from './contenders.ts'
import { eventLoopDelay } from './event-loop.ts'
import { factsOf, variety } from './facts.ts'

const help = `npm run bench -- policy [options]

One decision over 20, 200 and 2,000 rules and about 2 KB of facts: the engine with its explanation recorded, beside the same rules in opa-wasm
(20 and 2,000), in @bufbuild/cel, in @marcbachmann/cel-js, and, for 20, in TypeScript by hand: plainly, and recording the same values.
Each in a process of its own; rounds take turns; every contender's decision on every facts is compared first. Then a draft of 20 rules
is tried on 200,000 recorded decisions, and hostile input is thrown at the parser, the checker and the engine while the event loop
is watched.

  --rounds N   rounds; figures are medians over them   (default 15)
  --quick      3 rounds
  --help       this text`

const roundMs = 60

export const policy: Bench = {
  name: 'policy',
  summary: 'one decision over 20, 200 and 2,000 rules, beside opa-wasm, two CEL libraries and TypeScript by hand',
  help,
  async run(args, say) {
    const rounds = roundsOf(args)
    const bytes = Array.from({ length: variety }, (_, index) => Buffer.byteLength(JSON.stringify(factsOf(index))))
    say(
      `${variety} facts of ${Math.min(...bytes)} to ${Math.max(...bytes)} bytes, ${rounds} rounds, each contender in a process of its own`,
    )
    const measured = await endingWhatItStarts(async toEnd => {
      const over = async (rules: number, names: readonly Contender['name'][]): Promise<readonly Asked[]> => {
        const started: Asked[] = []
        for (const name of names) {
          const contender = await startContender(name, rules)
          toEnd.push(contender.stop)
          started.push(contender)
        }
        return started
      }
      const few = await over(20, ['muster', 'handWritten', 'handWrittenPlain', 'opaWasm', 'bufbuildCel', 'celJs'])
      const at20 = await measure('20 rules', few, rounds, say)
      await measure('200 rules', await over(200, ['muster', 'bufbuildCel', 'celJs']), rounds, say)
      const many = await over(2_000, ['muster', 'opaWasm', 'bufbuildCel', 'celJs'])
      const at2000 = await measure('2000 rules', many, rounds, say)
      return { at20, at2000, each: (await many[0]?.latencies(20_000)) ?? [] }
    })
    const { at20, at2000, each } = measured
    const figures = { p99us2000: rounded(percentile(each, 0.99)), p50us2000: rounded(median(each)) }
    say(`2000 rules  muster, each decision by itself: p50 ${figures.p50us2000} µs, p99 ${figures.p99us2000} µs`)

    const us = (at: Measured, name: Contender['name']): number => median(at.get(name) ?? [])
    const ratio = (at: Measured, name: Contender['name']): number => {
      const ours = at.get('muster') ?? []
      return rounded(median((at.get(name) ?? []).map((theirs, round) => theirs / (ours[round] ?? Number.NaN))))
    }
    const result: Result = {
      ratios: { opaWasm20: ratio(at20, 'opaWasm'), opaWasm2000: ratio(at2000, 'opaWasm'), handWritten20: ratio(at20, 'handWritten') },
      figures: {
        decisionsPerSecond2000: rounded(1e6 / us(at2000, 'muster')),
        ...figures,
        us20: rounded(us(at20, 'muster')),
        ...(await backtest(say)),
        ...(await eventLoopDelay(say)),
      },
    }
    return result
  },
}

/** Microseconds per decision, by contender and round. */
type Measured = ReadonlyMap<Contender['name'], readonly number[]>

async function measure(title: string, contenders: readonly Asked[], rounds: number, say: (line: string) => void): Promise<Measured> {
  await compare(title, contenders)
  for (const contender of contenders) await contender.timed(roundMs * 3)
  const measured = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    const inTurn = round % 2 === 0 ? contenders : contenders.toReversed()
    for (const contender of inTurn) measured.get(contender.name)?.push(await contender.timed(roundMs))
  }
  for (const [name, each] of measured) say(`${title.padEnd(11)} ${name.padEnd(16)} ${rounded(median(each))} µs a decision`)
  return measured
}

/** All decide alike on all facts, and not always the same: else nothing was measured. */
async function compare(title: string, contenders: readonly Asked[]): Promise<void> {
  const decisions = new Set<string>()
  for (let index = 0; index < variety; index++) {
    const decided = await Promise.all(
      contenders.map(async contender => ({ name: contender.name, failed: (await contender.failed(index)).join(' ') })),
    )
    const [first, ...others] = decided
    const other = others.find(({ failed }) => failed !== first?.failed)
    if (other !== undefined || first === undefined)
      throw new Error(`${title}, facts ${index}: ${other?.name} fails ${other?.failed}; ${first?.name} fails ${first?.failed}`)
    decisions.add(first.failed)
  }
  if (decisions.size < 2) throw new Error(`${title}: every decision is the same`)
}

function roundsOf(args: readonly string[]): number {
  try {
    const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } } })
    const rounds = Number(values.rounds ?? (values.quick ? 3 : 15))
    if (Number.isInteger(rounds) && rounds > 0) return rounds
    throw new Error(`--rounds ${values.rounds} is not a whole number above 0.`)
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}
