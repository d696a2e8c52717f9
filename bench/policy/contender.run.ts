import type { Facts } from '@muster/contracts'
import { bufbuildCel, celJs, handWritten, muster, opaWasm, type Contender } from './contenders.ts'
import { factsOf, variety } from './facts.ts'
import { rulesOf } from './rules.ts'

/*
 * One contender over so many rules, in a process of its own: what V8 learned from one is not held against another. Answers, one at a time, what
 * its parent asks.
 */

export type Question =
  | { readonly ask: 'failed'; readonly index: number }
  | { readonly ask: 'timed'; readonly forMs: number }
  | { readonly ask: 'latencies'; readonly count: number }
/** Names of rules that were not met; or microseconds a decision, on the average or each. */
export type Answer = { readonly failed: readonly string[] } | { readonly us: readonly number[] }

const [name, count] = process.argv.slice(-2)
const rules = rulesOf(Number(count))
const facts = Array.from({ length: variety }, (_, index) => factsOf(index))
const contender = await contenderOf(name as Contender['name'], facts)

// A process that has served HTTP, or holds WebAssembly, has detached a buffer once; from then on V8 asks at every typed array whether it is still
// there. No contender is measured without that, since none would run without it.
const buffer = new ArrayBuffer(8)
structuredClone(buffer, { transfer: [buffer] })

process.on('message', (question: Question) => {
  process.send?.(answer(question))
})
process.send?.('ready')

function answer(question: Question): Answer {
  switch (question.ask) {
    case 'failed':
      contender.decide(question.index)
      return { failed: contender.failed() }
    case 'timed':
      return { us: [timed(question.forMs)] }
    case 'latencies':
      return { us: latencies(question.count) }
  }
}

async function contenderOf(wanted: Contender['name'], over: readonly Facts[]): Promise<Contender> {
  switch (wanted) {
    case 'muster':
      return muster(rules, over)
    case 'opaWasm':
      return await opaWasm(rules, over)
    case 'bufbuildCel':
      return bufbuildCel(rules, over)
    case 'celJs':
      return celJs(rules, over)
    case 'handWritten':
    case 'handWrittenPlain':
      return handWritten(wanted, over)
  }
}

function timed(forMs: number): number {
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

function latencies(wanted: number): readonly number[] {
  return Array.from({ length: wanted }, (_, decision) => {
    const started = performance.now()
    contender.decide(decision % variety)
    return (performance.now() - started) * 1_000
  })
}
