import { parseArgs } from 'node:util'
import type { Facts } from '@muster/contracts'
import { UsageError, type Bench, type Result } from '../bench.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { backtest } from './backtest.ts'
import { bufbuildCel, celJs, handWritten, muster, opaWasm, type Contender } from './contenders.ts'
import { eventLoopDelay } from './event-loop.ts'
import { factsOf } from './facts.ts'
import { rulesOf } from './rules.ts'

const help = `npm run bench -- policy [options]

One decision over 20, 200 and 2,000 rules and about 2 KB of facts: the engine with its explanation recorded, beside the same rules in opa-wasm
(20 and 2,000), in @bufbuild/cel, in @marcbachmann/cel-js, and, for 20, in TypeScript by hand: plainly, and recording the same values. Rounds take turns; every
contender's decision on every facts is compared first. Then a draft of 20 rules is tried on 200,000 recorded decisions, and
hostile input is thrown at the parser, the checker and the engine while the event loop is watched.

  --rounds N   rounds; figures are medians over them   (default 15)
  --quick      3 rounds
  --help       this text`

const variety = 64
const roundMs = 60

export const policy: Bench = {
  name: 'policy',
  summary: 'one decision over 20, 200 and 2,000 rules, beside opa-wasm, two CEL libraries and TypeScript by hand',
  help,
  async run(args, say) {
    const rounds = roundsOf(args)
    const facts = Array.from({ length: variety }, (_, index) => factsOf(index))
    const bytes = facts.map(one => Buffer.byteLength(JSON.stringify(one)))
    say(`${variety} facts of ${Math.min(...bytes)} to ${Math.max(...bytes)} bytes, ${rounds} rounds`)

    const few = [
      muster(rulesOf(20), facts),
      handWritten('handWritten', facts),
      handWritten('handWrittenPlain', facts),
      await opaWasm(rulesOf(20), facts),
      bufbuildCel(rulesOf(20), facts),
      celJs(rulesOf(20), facts),
    ] as const
    const some = [muster(rulesOf(200), facts), bufbuildCel(rulesOf(200), facts), celJs(rulesOf(200), facts)] as const
    const many = [
      muster(rulesOf(2_000), facts),
      await opaWasm(rulesOf(2_000), facts),
      bufbuildCel(rulesOf(2_000), facts),
      celJs(rulesOf(2_000), facts),
    ] as const

    const at20 = measure('20 rules', few, facts, rounds, say)
    measure('200 rules', some, facts, rounds, say)
    const at2000 = measure('2000 rules', many, facts, rounds, say)
    const each = latencies(many[0], 20_000)
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

function measure(
  title: string,
  contenders: readonly Contender[],
  facts: readonly Facts[],
  rounds: number,
  say: (line: string) => void,
): Measured {
  compare(title, contenders, facts)
  for (const contender of contenders) timed(contender, roundMs * 3)
  const measured = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    const inTurn = round % 2 === 0 ? contenders : contenders.toReversed()
    for (const contender of inTurn) measured.get(contender.name)?.push(timed(contender, roundMs))
  }
  for (const [name, each] of measured) say(`${title.padEnd(11)} ${name.padEnd(16)} ${rounded(median(each))} µs a decision`)
  return measured
}

function timed(contender: Contender, forMs: number): number {
  const started = performance.now()
  let passed = 0
  let decisions = 0
  while (passed < forMs) {
    for (let index = 0; index < variety; index++) contender.decide(index)
    decisions += variety
    passed = performance.now() - started
  }
  return (passed * 1_000) / decisions
}

function latencies(contender: Contender, count: number): readonly number[] {
  return Array.from({ length: count }, (_, decision) => {
    const started = performance.now()
    contender.decide(decision % variety)
    return (performance.now() - started) * 1_000
  })
}

/** All decide alike on all facts, and not always the same: else nothing was measured. */
function compare(title: string, contenders: readonly Contender[], facts: readonly Facts[]): void {
  const decisions = new Set<string>()
  for (const index of facts.keys()) {
    const [first, ...others] = contenders.map(contender => {
      contender.decide(index)
      return { name: contender.name, failed: contender.failed().join(' ') }
    })
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
