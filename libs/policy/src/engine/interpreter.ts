import type { Facts } from '@muster/contracts'
import { compute } from './atoms.ts'
import { choose, connect, literal } from './branches.ts'
import { takeCell } from './cells.ts'
import { holds } from './comparing.ts'
import { columnAt, field } from './fields.ts'
import type { Machine } from './machine.ts'
import { op, width, type Op } from './program.ts'
import { problem, state } from './state.ts'
import { each, quantify, quantifyOne } from './walks.ts'

/*
 * The interpreter, for what no sweep has come to: by the integers of a node it does what the node does, and leaves in the memo what every part
 * of it came to. It means what the simple evaluator means. A node is evaluated when it is asked for, once.
 */

const { none, false: no, true: yes, absent, unknown } = state

export function run(machine: Machine, node: number): number {
  const earlier = machine.states[node] as number
  return earlier === none ? evaluate(machine, node) : earlier
}

/** Whatever was in the memo. */
export function evaluate(machine: Machine, node: number): number {
  const { states, code } = machine
  const at = node * width
  const a = code[at + 1] as number
  let found: number
  switch (code[at]) {
    case 0 satisfies Op<'given'>:
      found = none
      break
    case 1 satisfies Op<'fact'>:
      found = field(machine, node, machine.facts)
      break
    case 2 satisfies Op<'select'>: {
      found = run(machine, a)
      if (found < absent) found = field(machine, node, machine.refs[a] as Facts)
      break
    }
    case 23 satisfies Op<'compareNumber'>: {
      const one = (states[a] as number) || run(machine, a)
      if (one === state.number) {
        const { numbers } = machine
        found = holds(code[at + 3] as number, (numbers[a] as number) - (numbers[code[at + 2] as number] as number)) ? yes : no
      } else found = problem(one, one)
      break
    }
    case 24 satisfies Op<'compareText'>: {
      const one = (states[a] as number) || run(machine, a)
      if (one === state.text) {
        const { refs } = machine
        found = (refs[a] === refs[code[at + 2] as number]) === (code[at + 3] === 0) ? yes : no
      } else found = problem(one, one)
      break
    }
    case 25 satisfies Op<'column'>:
      found = takeCell(machine, node, columnAt(machine, code[at + 2] as number), machine.rows[a] as number)
      break
    case 26 satisfies Op<'cellNumber'>: {
      const cells = columnAt(machine, code[at + 2] as number)
      const row = machine.rows[a] as number
      const operand = code[at + 3] as number
      const one = cells.states[row] as number
      if (one === state.number)
        found = holds(operand & 7, (cells.numbers[row] as number) - (machine.numbers[operand >> 3] as number)) ? yes : no
      else found = problem(one, one)
      break
    }
    case 27 satisfies Op<'cellText'>: {
      const cells = columnAt(machine, code[at + 2] as number)
      const row = machine.rows[a] as number
      const operand = code[at + 3] as number
      const one = cells.states[row] as number
      if (one === state.text) found = (cells.refs[row] === machine.refs[operand >> 3]) === ((operand & 7) === 0) ? yes : no
      else found = problem(one, one)
      break
    }
    case 28 satisfies Op<'cellHas'>: {
      const there = columnAt(machine, code[at + 2] as number).states[machine.rows[a] as number] as number
      found = there < absent ? yes : there === absent ? no : there
      break
    }
    case 3 satisfies Op<'has'>: {
      const there = run(machine, a)
      found = there < absent ? yes : there === absent ? no : there
      break
    }
    case 4 satisfies Op<'not'>: {
      const operand = run(machine, a)
      found = operand === yes ? no : operand === no ? yes : operand === absent ? unknown : operand
      break
    }
    case 5 satisfies Op<'and'>:
      found = connect(machine, run, a, code[at + 2] as number, no, yes)
      break
    case 6 satisfies Op<'or'>:
      found = connect(machine, run, a, code[at + 2] as number, yes, no)
      break
    case 9 satisfies Op<'all'>:
      found = quantify(machine, run, a, code[at + 2] as number, code[at + 3] as number, no)
      break
    case 10 satisfies Op<'exists'>:
      found = quantify(machine, run, a, code[at + 2] as number, code[at + 3] as number, yes)
      break
    case 11 satisfies Op<'existsOne'>:
      found = quantifyOne(machine, run, a, code[at + 2] as number, code[at + 3] as number)
      break
    case 13 satisfies Op<'conditional'>:
      found = choose(machine, run, node, a, code[at + 2] as number, code[at + 3] as number)
      break
    case 19 satisfies Op<'list'>:
      found = literal(machine, run, node, a, code[at + 2] as number)
      break
    case 21 satisfies Op<'filter'>:
    case 22 satisfies Op<'map'>:
      found = each(machine, run, node, a, code[at + 2] as number, code[at + 3] as number, code[at] === op.filter)
      break
    default: {
      // All else computes: strict in one operand, or in two.
      const b = code[at + 2] as number
      const one = run(machine, a)
      const other = b < 0 ? yes : run(machine, b)
      found = one >= absent || other >= absent ? problem(one, other) : compute(machine, node, at, one, other)
    }
  }
  states[node] = found
  return found
}
