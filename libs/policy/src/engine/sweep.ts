import type { Cells } from './cells.ts'
import { columnAt } from './fields.ts'
import { evaluate } from './interpreter.ts'
import type { Machine } from './machine.ts'
import { stepWidth, type Plan, type Step, type SweptList } from './plan.ts'
import type { Reader } from './reader.ts'
import { state } from './state.ts'
import { sweepHas, sweepMany, sweepNot, sweepNumbers, sweepPairs, sweepTable, sweepTexts, sweepThresholds } from './sweep-atoms.ts'
import {
  sweepQuantifiers,
  sweepRowFields,
  sweepRowIn,
  sweepRowMany,
  sweepRowNot,
  sweepRowNumbers,
  sweepRowPairs,
  sweepRowSteady,
  sweepRowTable,
  sweepRowTexts,
  sweepRowThresholds,
} from './sweep-rows.ts'

/*
 * A decision in one sweep: the facts, then step by step all that is in the plan, whether a lazy evaluation would have come there or not. What
 * is decided already stays decided, so the outcomes are the same; only more of them is recorded.
 */

/** Longer lists are walked by the interpreter. */
export const mostRows = 31

export function sweep(machine: Machine, plan: Plan, read: Reader): void {
  read(machine.facts)
  const { lists, steps } = plan
  const { lengths } = machine
  for (let at = 0; at < lists.length; at++) lengths[at] = readList(machine, lists[at] as SweptList)
  for (let at = 0; at < steps.length; at += stepWidth) {
    const a = steps[at + 1] as number
    const code = steps[at + 2] as number
    const from = steps[at + 3] as number
    const to = steps[at + 4] as number
    const kind = steps[at] as number
    if (kind < (11 satisfies Step<'rowNumber'>)) {
      sweepNodes(machine, plan, kind, a, code, from, to, steps[at + 5] as number)
      continue
    }
    // Of its own list: the operand is a column.
    const length = lengths[code >> 3] as number
    if (length >= 0) sweepRows(machine, plan, kind, a, code & 7, from, to, steps[at + 5] as number, length)
    else if (kind >= (24 satisfies Step<'all'>)) quantifyWithout(machine, plan, lists[code >> 3] as SweptList, from, to)
  }
}

/** How many elements there are to be judged side by side; -1 where they cannot be. */
function readList(machine: Machine, { node, columns, rows }: SweptList): number {
  const length = machine.states[node] === state.list ? (machine.refs[node] as Cells).length : -1
  if (length < 0 || length > mostRows) {
    for (const row of rows) machine.rowDone[row] = machine.rowTrue[row] = machine.rowFalse[row] = machine.rowError[row] = 0
    machine.stale = true
    return -1
  }
  for (let at = 0; at < columns.length; at++) columnAt(machine, columns[at] as number)
  return length
}

function sweepNodes(machine: Machine, plan: Plan, kind: number, a: number, code: number, from: number, to: number, table: number): void {
  switch (kind) {
    case 0 satisfies Step<'compute'>:
      for (let at = from; at < to; at++) evaluate(machine, plan.targets[at] as number)
      return
    case 1 satisfies Step<'number'>:
      return sweepNumbers(machine, plan, from, to)
    case 2 satisfies Step<'thresholds'>:
      return sweepThresholds(machine, plan, a, code, from, to)
    case 3 satisfies Step<'text'>:
      return sweepTexts(machine, plan, from, to)
    case 4 satisfies Step<'texts'>:
      return sweepTable(machine, plan, a, code === 0, from, to, table)
    case 5 satisfies Step<'has'>:
      return sweepHas(machine, plan, from, to)
    case 6 satisfies Step<'not'>:
      return sweepNot(machine, plan, from, to)
    case 7 satisfies Step<'and'>:
    case 8 satisfies Step<'or'>:
      return sweepPairs(machine, plan, kind === 7, from, to)
    case 9 satisfies Step<'manyAnd'>:
    case 10 satisfies Step<'manyOr'>:
      return sweepMany(machine, plan, kind === 9, from, to)
  }
}

function sweepRows(
  machine: Machine,
  plan: Plan,
  kind: number,
  a: number,
  code: number,
  from: number,
  to: number,
  table: number,
  length: number,
): void {
  switch (kind) {
    case 11 satisfies Step<'rowNumber'>:
      return sweepRowNumbers(machine, plan, from, to)
    case 12 satisfies Step<'rowThresholds'>:
      return sweepRowThresholds(machine, plan, a, code, from, to)
    case 13 satisfies Step<'rowText'>:
      return sweepRowTexts(machine, plan, from, to)
    case 14 satisfies Step<'rowTexts'>:
      return sweepRowTable(machine, plan, a, code === 0, from, to, table)
    case 15 satisfies Step<'rowHas'>:
    case 16 satisfies Step<'rowField'>:
      return sweepRowFields(machine, plan, kind === 15, from, to)
    case 17 satisfies Step<'rowIn'>:
      return sweepRowIn(machine, plan, from, to)
    case 18 satisfies Step<'rowSteady'>:
      return sweepRowSteady(machine, plan, length, from, to)
    case 19 satisfies Step<'rowNot'>:
      return sweepRowNot(machine, plan, from, to)
    case 20 satisfies Step<'rowAnd'>:
    case 21 satisfies Step<'rowOr'>:
      return sweepRowPairs(machine, plan, kind === 20, from, to)
    case 22 satisfies Step<'rowManyAnd'>:
    case 23 satisfies Step<'rowManyOr'>:
      return sweepRowMany(machine, plan, length, kind === 22, from, to)
    case 24 satisfies Step<'all'>:
    case 25 satisfies Step<'exists'>:
      return sweepQuantifiers(machine, plan, length, kind === 24, from, to)
  }
}

/** A list that is not there decides; one that is too long is walked. */
function quantifyWithout(machine: Machine, plan: Plan, { node }: SweptList, from: number, to: number): void {
  const there = machine.states[node] as number
  for (let at = from; at < to; at++) {
    const target = plan.targets[at] as number
    machine.witnesses[plan.right[at] as number] = -1
    if (there >= state.absent) machine.states[target] = there === state.error ? state.error : state.unknown
    else evaluate(machine, target)
  }
}
