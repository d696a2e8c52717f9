import type { Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import { state } from './state.ts'
import { andTable, orTable, strictTable } from './truth-tables.ts'

/* Steps of a sweep in which many targets come out alike: they are filled at once. `shift` is how far their nodes are above their constants. */

/** The constants are sorted: below the value, equal to it and above it lie three ranges, each of which is true or false as a whole. */
export function sweepThresholds(
  machine: Machine,
  plan: Plan,
  one: number,
  accepted: number,
  from: number,
  to: number,
  shift: number,
): void {
  const { states } = machine
  const there = states[one] as number
  if (there >= state.absent) return fill(states, from + shift, to + shift, strictTable[there] as number)
  const micros = there === state.number ? 0 : (machine.micros[one] as number)
  const value = machine.numbers[one] as number
  const equal = firstNotBelow(plan, value, micros, from, to)
  let above = equal
  while (above < to && plan.numbers[above] === value && plan.micros[above] === micros) above++
  fill(states, from + shift, equal + shift, (accepted & 4) === 0 ? state.false : state.true)
  fill(states, equal + shift, above + shift, (accepted & 2) === 0 ? state.false : state.true)
  fill(states, above + shift, to + shift, (accepted & 1) === 0 ? state.false : state.true)
}

export function firstNotBelow({ numbers, micros: fractions }: Plan, value: number, micros: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    const constant = numbers[middle] as number
    if (constant < value || (constant === value && (fractions[middle] as number) < micros)) low = middle + 1
    else high = middle
  }
  return low
}

/** A call of `fill` costs as much as a dozen elements. */
export function fill(values: Uint8Array | Int32Array, from: number, to: number, value: number): void {
  if (to - from > 16) values.fill(value, from, to)
  else for (let at = from; at < to; at++) values[at] = value
}

/** All come out alike but those that name this very text. */
export function sweepTable(
  machine: Machine,
  plan: Plan,
  one: number,
  equals: boolean,
  from: number,
  to: number,
  shift: number,
  table: number,
): void {
  const { states } = machine
  const there = states[one] as number
  if (there >= state.absent) return fill(states, from + shift, to + shift, strictTable[there] as number)
  fill(states, from + shift, to + shift, equals ? state.false : state.true)
  const named = plan.tables[table]?.get(machine.refs[one] as string)
  if (named === undefined) return
  for (let at = 0; at < named.length; at++) states[named[at] as number] = equals ? state.true : state.false
}

/** `left` is where the operands begin in the pool, `right` how many there are. */
export function sweepMany({ states, pool }: Machine, { left, right }: Plan, isAnd: boolean, from: number, to: number, shift: number): void {
  const table = isAnd ? andTable : orTable
  for (let at = from; at < to; at++) {
    const start = left[at] as number
    const end = start + (right[at] as number)
    let found: number = isAnd ? state.true : state.false
    for (let operand = start; operand < end; operand++) found = table[(found << 4) | (states[pool[operand] as number] as number)] as number
    states[at + shift] = found
  }
}
