import { compareValues } from '../functions.ts'
import type { Cells } from './cells.ts'
import { problem, state } from './state.ts'

/* Comparisons of what is there, by the code of the operator; `difference` is negative, zero or positive. */

export function holds(code: number, difference: number): boolean {
  switch (code) {
    case 0:
      return difference === 0
    case 1:
      return difference !== 0
    case 2:
      return difference < 0
    case 3:
      return difference <= 0
    case 4:
      return difference > 0
    default:
      return difference >= 0
  }
}

export const truth = (value: boolean): number => (value ? state.true : state.false)

/** By code point, which is the order of the simple evaluator. */
export function compareTexts(code: number, one: string, other: string): boolean {
  if (code === 0) return one === other
  if (code === 1) return one !== other
  if (one === other) return holds(code, 0)
  const before = compareValues('<', one, other, () => undefined)
  return holds(code, before.kind === 'known' && before.value === true ? -1 : 1)
}

/** Whether two elements are equal: true, false, or the problem of a list in them. Neither is a problem itself. */
export function equalCells(one: Cells, at: number, other: Cells, index: number): number {
  const left = one.states[at] as number
  switch (left) {
    case state.number:
      return truth(one.numbers[at] === other.numbers[index])
    case state.text:
      return truth(one.refs[at] === other.refs[index])
    case state.timestamp:
    case state.duration:
      return truth(one.numbers[at] === other.numbers[index] && one.micros[at] === other.micros[index])
    case state.list:
      return equalLists(one.refs[at] as Cells, other.refs[index] as Cells)
    default:
      return truth(left === other.states[index])
  }
}

/** The first element that is a problem decides, whichever it is; then the lengths; then the first that is not equal. */
export function equalLists(one: Cells, other: Cells): number {
  for (const cells of [one, other])
    for (let at = 0; at < cells.length; at++) {
      const found = cells.states[at] as number
      if (found >= state.absent) return problem(found, found)
    }
  if (one.length !== other.length) return state.false
  for (let at = 0; at < one.length; at++) {
    const equal = equalCells(one, at, other, at)
    if (equal !== state.true) return equal
  }
  return state.true
}
