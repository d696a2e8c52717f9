import { emptyCells, pushCell, pushNode, takeCell, type Cells } from './cells.ts'
import type { Machine, Run } from './machine.ts'
import { state } from './state.ts'

/*
 * What walks a list, element by element. The body is forgotten for each; what stays in the memo is the element that decided: the first decisive
 * one, else the first in error, else the first unknown, whose body is run again so that its values are the ones kept; else nothing.
 */

const { none, false: no, true: yes, absent, unknown, error } = state

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

export function quantify(machine: Machine, run: Run, walked: number, body: number, binder: number, decisive: number): number {
  const { witnesses } = machine
  witnesses[binder] = -1
  const there = run(machine, walked)
  if (there >= absent) return there === error ? error : unknown
  const cells = machine.refs[walked] as Cells
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
  return keep(machine, run, body, binder, cells, firstError, firstUnknown)
}

/** Runs the body again for the element that makes the outcome what it is, so that its values are the ones kept. */
function keep(machine: Machine, run: Run, body: number, binder: number, cells: Cells, firstError: number, firstUnknown: number): number {
  const witness = firstError < 0 ? firstUnknown : firstError
  machine.witnesses[binder] = witness
  bind(machine, binder, cells, witness)
  run(machine, body)
  return firstError < 0 ? unknown : error
}

/** The second true element decides; of one that is alone, it is the witness. */
export function quantifyOne(machine: Machine, run: Run, walked: number, body: number, binder: number): number {
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
  if (firstError >= 0 || firstUnknown >= 0) return keep(machine, run, body, binder, cells, firstError, firstUnknown)
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
export function each(machine: Machine, run: Run, node: number, walked: number, body: number, binder: number, isFilter: boolean): number {
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
