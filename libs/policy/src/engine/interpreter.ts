import type { Facts, FactValue } from '@muster/contracts'
import { clock } from '../value.ts'
import { compute } from './atoms.ts'
import { pushCell, pushNode, emptyCells, takeCell, takeNode, type Cells } from './cells.ts'
import { holds } from './comparing.ts'
import { putCell, readFact } from './fact-reading.ts'
import type { ColumnCells, Machine } from './machine.ts'
import { full, judgeRows, lowest, mostRows } from './rows.ts'
import { op, width, type Column, type Op } from './program.ts'
import { problem, state } from './state.ts'

/*
 * The interpreter: one function for the connectives, the facts and what walks lists; what computes is in `atoms.ts`.
 * It means what the simple evaluator means, and leaves in the memo what every part of it came to.
 *
 * A node is evaluated when it is asked for, once. The body of what walks a list is forgotten for each element; what stays in the memo is the
 * element that decided: the first decisive one, else the first in error, else the first unknown, else nothing.
 */

const { none, false: no, true: yes, absent, unknown, error } = state

export function run(machine: Machine, node: number): number {
  const { states } = machine
  const earlier = states[node] as number
  if (earlier !== none) return earlier
  const { code } = machine
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
      found = connect(machine, a, code[at + 2] as number, no, yes)
      break
    case 6 satisfies Op<'or'>:
      found = connect(machine, a, code[at + 2] as number, yes, no)
      break
    case 9 satisfies Op<'all'>:
      found = quantify(machine, a, code[at + 2] as number, code[at + 3] as number, no)
      break
    case 10 satisfies Op<'exists'>:
      found = quantify(machine, a, code[at + 2] as number, code[at + 3] as number, yes)
      break
    case 11 satisfies Op<'existsOne'>:
      found = quantifyOne(machine, a, code[at + 2] as number, code[at + 3] as number)
      break
    case 13 satisfies Op<'conditional'>:
      found = choose(machine, node, a, code[at + 2] as number, code[at + 3] as number)
      break
    case 19 satisfies Op<'list'>:
      found = literal(machine, node, a, code[at + 2] as number)
      break
    case 21 satisfies Op<'filter'>:
    case 22 satisfies Op<'map'>:
      found = each(machine, node, a, code[at + 2] as number, code[at + 3] as number, code[at] === op.filter)
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

/** A field of the facts, or of a record in them. */
function field(machine: Machine, node: number, owner: Facts): number {
  const { names, inherited, readings, steady, optional } = machine.program
  const name = names[node] as string
  const raw: FactValue | undefined = inherited[node] && !Object.hasOwn(owner, name) ? undefined : owner[name]
  if (raw === undefined) return optional[node] === 1 ? absent : unknown
  const { read } = machine
  const reading = readings[node]
  if (reading === undefined) return error
  const reused = reading.kind === 'list' && steady[node] === 1 ? (machine.lists[node] ??= emptyCells()) : undefined
  const found = readFact(raw, reading, read, reused)
  machine.numbers[node] = read.number
  machine.micros[node] = read.micros
  machine.refs[node] = read.ref
  machine.slopes[node] = owner === machine.facts && name === clock ? 1 : 0
  return found
}

/** Read at the first time that it is asked for. */
function columnAt(machine: Machine, column: number): ColumnCells {
  const cells = machine.columns[column] as ColumnCells
  if (cells.decision !== machine.decision) readColumn(machine, cells, machine.program.columns[column] as Column)
  return cells
}

function readColumn(machine: Machine, cells: ColumnCells, { list, name, inherited, optional, reading }: Column): void {
  cells.decision = machine.decision
  const { length, states, refs } = machine.refs[list] as Cells
  cells.length = length
  for (let row = 0; row < length; row++) {
    const owner = refs[row] as Facts
    let found = states[row] as number
    if (found < absent) {
      const raw = inherited && !Object.hasOwn(owner, name) ? undefined : owner[name]
      const reused = reading.kind === 'list' ? (cells.lists[row] ??= emptyCells()) : undefined
      found = raw === undefined ? (optional ? absent : unknown) : readFact(raw, reading, machine.read, reused)
    }
    putCell(cells, row, found, machine.read)
  }
}

/** `decisive` decides whatever else is unknown or in error. */
function connect(machine: Machine, start: number, count: number, decisive: number, otherwise: number): number {
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

function choose(machine: Machine, node: number, condition: number, then: number, otherwise: number): number {
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

/** Forgets the body and puts the next element into its variable. */
function bind(machine: Machine, binder: number, cells: Cells, index: number): void {
  const bound = machine.program.binders[binder]
  if (bound === undefined) return
  forget(machine, bound.start, bound.count)
  machine.rows[bound.variable] = index
  if (bound.whole) takeCell(machine, bound.variable, cells, index)
  else machine.states[bound.variable] = cells.states[index] as number
}

function unbind(machine: Machine, binder: number): void {
  const bound = machine.program.binders[binder]
  if (bound === undefined) return
  forget(machine, bound.start, bound.count)
  machine.states[bound.variable] = none
}

function forget({ states, pool }: Machine, start: number, count: number): void {
  for (let at = start; at < start + count; at++) states[pool[at] as number] = none
}

function quantify(machine: Machine, walked: number, body: number, binder: number, decisive: number): number {
  const { witnesses } = machine
  witnesses[binder] = -1
  const there = run(machine, walked)
  if (there >= absent) return there === error ? error : unknown
  const cells = machine.refs[walked] as Cells
  const rows = machine.bodies[binder] as number
  if (rows >= 0 && cells.length <= mostRows) return quantifyRows(machine, rows, cells.length, binder, decisive)
  let firstUnknown = -1
  let firstError = -1
  for (let index = 0; index < cells.length; index++) {
    bind(machine, binder, cells, index)
    const judged = run(machine, body)
    if (judged === decisive) {
      witnesses[binder] = index
      return decisive
    }
    if (judged < absent) continue
    if (judged === error) {
      if (firstError < 0) firstError = index
    } else if (firstUnknown < 0) firstUnknown = index
  }
  if (firstError < 0 && firstUnknown < 0) {
    unbind(machine, binder)
    return decisive === yes ? no : yes
  }
  return keep(machine, body, binder, cells, firstError, firstUnknown)
}

const reading = { run, columnAt }

function quantifyRows(machine: Machine, rows: number, length: number, binder: number, decisive: number): number {
  judgeRows(machine, rows, length, reading)
  const holding = machine.rowTrue[rows] as number
  const failing = machine.rowFalse[rows] as number
  const inError = machine.rowError[rows] as number
  const deciding = decisive === yes ? holding : failing
  const open = full(length) & ~(holding | failing)
  const found = deciding !== 0 ? deciding : inError !== 0 ? inError : open
  if (found === 0) return decisive === yes ? no : yes
  machine.witnesses[binder] = lowest(found)
  return deciding !== 0 ? decisive : inError !== 0 ? error : unknown
}

/** Runs the body again for the element that makes the outcome what it is, so that its values are the ones kept. */
function keep(machine: Machine, body: number, binder: number, cells: Cells, firstError: number, firstUnknown: number): number {
  const witness = firstError < 0 ? firstUnknown : firstError
  machine.witnesses[binder] = witness
  bind(machine, binder, cells, witness)
  run(machine, body)
  return firstError < 0 ? unknown : error
}

/** The second true element decides; of one that is alone, it is the witness. */
function quantifyOne(machine: Machine, walked: number, body: number, binder: number): number {
  const { witnesses } = machine
  witnesses[binder] = -1
  const there = run(machine, walked)
  if (there >= absent) return there === error ? error : unknown
  const cells = machine.refs[walked] as Cells
  let found = -1
  let firstUnknown = -1
  let firstError = -1
  for (let index = 0; index < cells.length; index++) {
    bind(machine, binder, cells, index)
    const judged = run(machine, body)
    if (judged === yes) {
      if (found >= 0) {
        witnesses[binder] = index
        return no
      }
      found = index
    } else if (judged === error) {
      if (firstError < 0) firstError = index
    } else if (judged >= absent && firstUnknown < 0) firstUnknown = index
  }
  if (firstError >= 0 || firstUnknown >= 0) return keep(machine, body, binder, cells, firstError, firstUnknown)
  if (found < 0) {
    unbind(machine, binder)
    return no
  }
  witnesses[binder] = found
  bind(machine, binder, cells, found)
  run(machine, body)
  return yes
}

/** Strict in every element; nothing of the body stays. */
function each(machine: Machine, node: number, walked: number, body: number, binder: number, isFilter: boolean): number {
  const there = run(machine, walked)
  if (there >= absent) return there
  const cells = machine.refs[walked] as Cells
  const kept = emptyCells()
  let worst: number = yes
  for (let index = 0; index < cells.length; index++) {
    bind(machine, binder, cells, index)
    const judged = run(machine, body)
    if (judged >= absent) {
      if (worst !== error) worst = judged === error ? error : unknown
    } else if (!isFilter) pushNode(kept, machine, body)
    else if (judged === yes) pushCell(kept, cells, index)
  }
  unbind(machine, binder)
  if (worst !== yes) return worst
  machine.refs[node] = kept
  return state.list
}

function literal(machine: Machine, node: number, start: number, count: number): number {
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
