import { emptyCells, pushNode, takeNode } from './cells.ts'
import type { Machine, Run } from './machine.ts'
import { state } from './state.ts'

/* What comes to what its operands come to, and asks for no more of them than it needs. */

const { true: yes, absent, unknown, error } = state

/** `decisive` decides whatever else is unknown or in error. */
export function connect(machine: Machine, run: Run, start: number, count: number, decisive: number, otherwise: number): number {
  const { pool } = machine
  let worst = otherwise
  for (let at = start; at < start + count; at++) {
    const part = pool[at] as number
    const operand = (machine.states[part] as number) || run(machine, part)
    if (operand === decisive) return decisive
    if (operand >= absent && worst !== error) worst = operand === error ? error : unknown
  }
  return worst
}

export function choose(machine: Machine, run: Run, node: number, condition: number, then: number, otherwise: number): number {
  const judged = run(machine, condition)
  if (judged === error) return error
  if (judged < absent) {
    const chosen = judged === yes ? then : otherwise
    run(machine, chosen)
    return takeNode(machine, node, chosen)
  }
  const one = run(machine, then)
  const other = run(machine, otherwise)
  if (one !== other || one >= state.list) return unknown
  const { numbers, micros, slopes, refs } = machine
  const isTime = one === state.timestamp || one === state.duration
  if ((isTime || one === state.number) && numbers[then] !== numbers[otherwise]) return unknown
  if (isTime && (micros[then] !== micros[otherwise] || slopes[then] !== slopes[otherwise])) return unknown
  if (one === state.text && refs[then] !== refs[otherwise]) return unknown
  return takeNode(machine, node, then)
}

export function literal(machine: Machine, run: Run, node: number, start: number, count: number): number {
  const { pool } = machine
  let worst: number = yes
  const cells = emptyCells()
  for (let at = start; at < start + count; at++) {
    const element = pool[at] as number
    const found = run(machine, element)
    if (found >= absent) {
      if (worst !== error) worst = found === error ? error : unknown
    } else pushNode(cells, machine, element)
  }
  if (worst !== yes) return worst
  machine.refs[node] = cells
  return state.list
}
