import type { Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import { state } from './state.ts'
import { andTable, hasTable, notTable, orTable, strictTable } from './truth-tables.ts'

/* The steps of a sweep over nodes: comparisons of what was read with constants, and what connects them. Each is one loop over a range of targets. */

export function sweepNumbers(
  { states, numbers }: Machine,
  { targets, left, right, numbers: beside }: Plan,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const one = left[at] as number
    const there = states[one] as number
    const target = targets[at] as number
    if (there !== state.number) {
      states[target] = strictTable[there] as number
      continue
    }
    const value = numbers[one] as number
    const constant = beside[at] as number
    const order = value < constant ? 1 : value > constant ? 4 : 2
    states[target] = ((right[at] as number) & order) === 0 ? state.false : state.true
  }
}

/** The constants are sorted: below the value, equal to it and above it lie three ranges, of which each is true or false as a whole. */
export function sweepThresholds(machine: Machine, plan: Plan, one: number, accepted: number, from: number, to: number): void {
  const { states } = machine
  const there = states[one] as number
  if (there >= state.absent) return put(states, plan.targets, from, to, strictTable[there] as number)
  const micros = there === state.number ? 0 : (machine.micros[one] as number)
  const value = machine.numbers[one] as number
  const equal = firstNotBelow(plan, value, micros, from, to)
  let above = equal
  while (above < to && plan.numbers[above] === value && plan.micros[above] === micros) above++
  put(states, plan.targets, from, equal, (accepted & 4) === 0 ? state.false : state.true)
  put(states, plan.targets, equal, above, (accepted & 2) === 0 ? state.false : state.true)
  put(states, plan.targets, above, to, (accepted & 1) === 0 ? state.false : state.true)
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

function put(states: Uint8Array, targets: Int32Array, from: number, to: number, found: number): void {
  for (let at = from; at < to; at++) states[targets[at] as number] = found
}

/** `right` is the node of the constant; whether it is to be equal stands beside it. */
export function sweepTexts({ states, refs }: Machine, { targets, left, right, numbers }: Plan, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const one = left[at] as number
    const there = states[one] as number
    const found = there === state.text ? same(refs[one] === refs[right[at] as number], numbers[at] === 0) : strictTable[there]
    states[targets[at] as number] = found as number
  }
}

const same = (equal: boolean, wanted: boolean): number => (equal === wanted ? state.true : state.false)

/** All come out alike but those that name this very text. */
export function sweepTable(machine: Machine, plan: Plan, one: number, equals: boolean, from: number, to: number, table: number): void {
  const { states } = machine
  const there = states[one] as number
  if (there >= state.absent) return put(states, plan.targets, from, to, strictTable[there] as number)
  put(states, plan.targets, from, to, equals ? state.false : state.true)
  const named = plan.tables[table]?.get(machine.refs[one] as string)
  if (named !== undefined) put(states, named, 0, named.length, equals ? state.true : state.false)
}

export function sweepHas({ states }: Machine, { targets, left }: Plan, from: number, to: number): void {
  for (let at = from; at < to; at++) states[targets[at] as number] = hasTable[states[left[at] as number] as number] as number
}

export function sweepNot({ states }: Machine, { targets, left }: Plan, from: number, to: number): void {
  for (let at = from; at < to; at++) states[targets[at] as number] = notTable[states[left[at] as number] as number] as number
}

export function sweepPairs({ states }: Machine, { targets, left, right }: Plan, isAnd: boolean, from: number, to: number): void {
  const table = isAnd ? andTable : orTable
  for (let at = from; at < to; at++) {
    const one = states[left[at] as number] as number
    states[targets[at] as number] = table[(one << 4) | (states[right[at] as number] as number)] as number
  }
}

/** `left` is where the operands begin in the pool, `right` how many there are. */
export function sweepMany({ states, pool }: Machine, { targets, left, right }: Plan, isAnd: boolean, from: number, to: number): void {
  const table = isAnd ? andTable : orTable
  for (let at = from; at < to; at++) {
    const start = left[at] as number
    const end = start + (right[at] as number)
    let found: number = isAnd ? state.true : state.false
    for (let operand = start; operand < end; operand++) found = table[(found << 4) | (states[pool[operand] as number] as number)] as number
    states[targets[at] as number] = found
  }
}
