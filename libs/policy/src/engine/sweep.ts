import type { Cells } from './cells.ts'
import { columnAt } from './fields.ts'
import { evaluate } from './interpreter.ts'
import type { ColumnCells, Machine } from './machine.ts'
import { stepWidth, type Plan, type Step, type SweptList } from './plan.ts'
import type { Reader } from './reader.ts'
import { state } from './state.ts'
import { sweepMany, sweepTable, sweepThresholds } from './sweep-families.ts'
import { sweepRowFamily, sweepRowIn, sweepRowMany, sweepRowSteady, sweepRowTable } from './sweep-row-families.ts'
import { full, judged, lowest, rowTruth } from './masks.ts'
import { andTable, hasTable, notTable, orTable, strictTable } from './truth-tables.ts'

/*
 * A decision in one sweep: the facts, then step by step all that is in the plan, whether a lazy evaluation would have come there or not. What
 * is decided already stays decided, so the outcomes are the same; only more of them is recorded.
 *
 * The most frequent steps stand in one function, which has every register at hand: for a few targets a call would cost more than they do.
 */

/** Longer lists are walked by the interpreter. */
export const mostRows = 31

export function sweep(machine: Machine, plan: Plan, read: Reader): void {
  read(machine.facts)
  const { lists, steps, left, right, numbers: constants } = plan
  const { lengths, states, numbers, refs, columns, rowTrue, rowFalse, rowError, witnesses } = machine
  for (let at = 0; at < lists.length; at++) lengths[at] = readList(machine, lists[at] as SweptList)
  for (let of = 0; of < steps.length; of += stepWidth) {
    const kind = steps[of] as number
    const a = steps[of + 1] as number
    const code = steps[of + 2] as number
    const from = steps[of + 3] as number
    const to = steps[of + 4] as number
    const shift = steps[of + 5] as number
    const list = steps[of + 7] as number
    const length = list < 0 ? 0 : (lengths[list] as number)
    if (length < 0) {
      if (kind >= (24 satisfies Step<'all'>)) quantifyWithout(machine, plan, lists[list] as SweptList, from, to, shift)
      continue
    }
    switch (kind) {
      case 0 satisfies Step<'compute'>:
        for (let at = from; at < to; at++) evaluate(machine, at + shift)
        break
      case 1 satisfies Step<'number'>:
        for (let at = from; at < to; at++) {
          const one = left[at] as number
          const there = states[one] as number
          const value = numbers[one] as number
          const constant = constants[at] as number
          const order = value < constant ? 1 : value > constant ? 4 : 2
          if (there !== state.number) states[at + shift] = strictTable[there] as number
          else states[at + shift] = ((right[at] as number) & order) === 0 ? state.false : state.true
        }
        break
      case 2 satisfies Step<'thresholds'>:
        sweepThresholds(machine, plan, a, code, from, to, shift)
        break
      case 3 satisfies Step<'text'>:
        for (let at = from; at < to; at++) {
          const one = left[at] as number
          const there = states[one] as number
          if (there !== state.text) states[at + shift] = strictTable[there] as number
          else states[at + shift] = (refs[one] === refs[right[at] as number]) === (constants[at] === 0) ? state.true : state.false
        }
        break
      case 4 satisfies Step<'texts'>:
        sweepTable(machine, plan, a, code === 0, from, to, shift, steps[of + 6] as number)
        break
      case 5 satisfies Step<'has'>:
        for (let at = from; at < to; at++) states[at + shift] = hasTable[states[left[at] as number] as number] as number
        break
      case 6 satisfies Step<'not'>:
        for (let at = from; at < to; at++) states[at + shift] = notTable[states[left[at] as number] as number] as number
        break
      case 7 satisfies Step<'and'>:
      case 8 satisfies Step<'or'>: {
        const table = kind === 7 ? andTable : orTable
        for (let at = from; at < to; at++) {
          const one = states[left[at] as number] as number
          states[at + shift] = table[(one << 4) | (states[right[at] as number] as number)] as number
        }
        break
      }
      case 9 satisfies Step<'manyAnd'>:
      case 10 satisfies Step<'manyOr'>:
        sweepMany(machine, plan, kind === 9, from, to, shift)
        break
      case 11 satisfies Step<'rowNumber'>:
        for (let at = from; at < to; at++) {
          const cells = columns[left[at] as number] as ColumnCells
          const accepted = right[at] as number
          const constant = constants[at] as number
          let yes = 0
          let there = 0
          for (let row = 0; row < length; row++) {
            if (cells.states[row] !== state.number) continue
            const value = cells.numbers[row] as number
            const order = value < constant ? 1 : value > constant ? 4 : 2
            there |= 1 << row
            if ((accepted & order) !== 0) yes |= 1 << row
          }
          rowTrue[at + shift] = yes
          rowFalse[at + shift] = there & ~yes
          rowError[at + shift] = there === full(length) ? 0 : errorsIn(cells, length)
        }
        break
      case 12 satisfies Step<'rowThresholds'>:
        sweepRowFamily(machine, plan, a, code, from, to, shift)
        break
      case 13 satisfies Step<'rowText'>:
        for (let at = from; at < to; at++) {
          const cells = columns[left[at] as number] as ColumnCells
          const constant = refs[right[at] as number]
          let equal = 0
          let there = 0
          for (let row = 0; row < length; row++) {
            if (cells.states[row] !== state.text) continue
            there |= 1 << row
            if (cells.refs[row] === constant) equal |= 1 << row
          }
          const yes = constants[at] === 0 ? equal : there & ~equal
          rowTrue[at + shift] = yes
          rowFalse[at + shift] = there & ~yes
          rowError[at + shift] = there === full(length) ? 0 : errorsIn(cells, length)
        }
        break
      case 14 satisfies Step<'rowTexts'>:
        sweepRowTable(machine, plan, a, code === 0, from, to, shift, steps[of + 6] as number)
        break
      case 15 satisfies Step<'rowHas'>:
      case 16 satisfies Step<'rowField'>:
        for (let at = from; at < to; at++) {
          const cells = columns[left[at] as number] as ColumnCells
          let yes = 0
          let no = 0
          for (let row = 0; row < length; row++) {
            const there = rowTruth(cells.states[row] as number, kind === 15)
            if (there === state.true) yes |= 1 << row
            else if (there === state.false) no |= 1 << row
          }
          rowTrue[at + shift] = yes
          rowFalse[at + shift] = no
          rowError[at + shift] = (yes | no) === full(length) ? 0 : errorsIn(cells, length)
        }
        break
      case 17 satisfies Step<'rowIn'>:
        sweepRowIn(machine, plan, from, to, shift)
        break
      case 18 satisfies Step<'rowSteady'>:
        sweepRowSteady(machine, plan, length, from, to, shift)
        break
      case 19 satisfies Step<'rowNot'>:
        for (let at = from; at < to; at++) {
          const one = left[at] as number
          rowTrue[at + shift] = rowFalse[one] as number
          rowFalse[at + shift] = rowTrue[one] as number
          rowError[at + shift] = rowError[one] as number
        }
        break
      case 20 satisfies Step<'rowAnd'>:
      case 21 satisfies Step<'rowOr'>: {
        const decides = kind === 20 ? rowFalse : rowTrue
        const agrees = kind === 20 ? rowTrue : rowFalse
        for (let at = from; at < to; at++) {
          const one = left[at] as number
          const other = right[at] as number
          const decided = (decides[one] as number) | (decides[other] as number)
          decides[at + shift] = decided
          agrees[at + shift] = (agrees[one] as number) & (agrees[other] as number)
          rowError[at + shift] = ((rowError[one] as number) | (rowError[other] as number)) & ~decided
        }
        break
      }
      case 22 satisfies Step<'rowManyAnd'>:
      case 23 satisfies Step<'rowManyOr'>:
        sweepRowMany(machine, plan, length, kind === 22, from, to, shift)
        break
      case 24 satisfies Step<'all'>:
      case 25 satisfies Step<'exists'>: {
        const decides = kind === 24 ? rowFalse : rowTrue
        const agrees = kind === 24 ? rowTrue : rowFalse
        const found = kind === 24 ? judged.all : judged.exists
        const every = full(length)
        for (let at = from; at < to; at++) {
          const body = left[at] as number
          const deciding = decides[body] as number
          const inError = rowError[body] as number
          const open = every & ~(deciding | (agrees[body] as number))
          // 1 of a mask with a bit in it, else 0. Without branches, since nothing here can be predicted.
          const decided = (deciding | -deciding) >>> 31
          const failed = (inError | -inError) >>> 31
          states[at + shift] = found[(decided << 2) | (failed << 1) | ((open | -open) >>> 31)] as number
          witnesses[right[at] as number] = lowest(deciding | ((decided - 1) & (inError | ((failed - 1) & open))))
        }
      }
    }
  }
}

function errorsIn({ states }: Cells, length: number): number {
  let mask = 0
  for (let row = 0; row < length; row++) if (states[row] === state.error) mask |= 1 << row
  return mask
}

/** How many elements there are to be judged side by side; -1 where they cannot be. */
function readList(machine: Machine, { node, rows, unread }: SweptList): number {
  const length = machine.states[node] === state.list ? (machine.refs[node] as Cells).length : -1
  if (length < 0 || length > mostRows) {
    for (const row of rows) machine.rowDone[row] = machine.rowTrue[row] = machine.rowFalse[row] = machine.rowError[row] = 0
    machine.stale = true
    return -1
  }
  for (let at = 0; at < unread.length; at++) columnAt(machine, unread[at] as number)
  return length
}

/** A list that is not there decides; one that is too long is walked. */
function quantifyWithout(machine: Machine, plan: Plan, { node }: SweptList, from: number, to: number, shift: number): void {
  const there = machine.states[node] as number
  for (let at = from; at < to; at++) {
    machine.witnesses[plan.right[at] as number] = -1
    if (there >= state.absent) machine.states[at + shift] = there === state.error ? state.error : state.unknown
    else evaluate(machine, at + shift)
  }
}
