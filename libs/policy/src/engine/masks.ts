import { state } from './state.ts'

/*
 * A body judged for all elements of a list at once: a bit for each in three masks, true, false and error; what is in none is unknown.
 * Connectives are then operations on masks, and the first element that decides is the lowest bit.
 */

export const full = (length: number): number => (length >= 31 ? 0x7fffffff : (1 << length) - 1)

/** Of no bits it is -1. */
export const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask)

/** What a cell is to a body that asks whether it is there, or whether it is true. */
export const rowTruth = (there: number, isHas: boolean): number => {
  if (!isHas) return there
  return there < state.absent ? state.true : there === state.absent ? state.false : there
}

/** What a quantifier comes to: whether an element decides (4), whether one is in error (2), whether one is unknown (1). */
const judgedBy = (decisive: number, otherwise: number): Uint8Array =>
  Uint8Array.from([otherwise, state.unknown, state.error, state.error, decisive, decisive, decisive, decisive])

export const judged = { all: judgedBy(state.false, state.true), exists: judgedBy(state.true, state.false) }
