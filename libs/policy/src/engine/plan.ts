import type { Shape } from './shape.ts'

/*
 * What can be evaluated in one sweep, in an order in which every operand stands before what needs it: steps, each of one kind over a range of
 * targets, so that its loop is short and always does the same. Comparisons of one value with many constants are one step.
 *
 * What is not in the plan is evaluated by the interpreter, when it is asked for; it finds what was swept in the memo.
 */

export const step = {
  /** Each target by the interpreter: its operands have been swept. */
  compute: 0,
  /** A number beside a constant. */
  number: 1,
  /** One number, or time, beside sorted constants. */
  thresholds: 2,
  text: 3,
  /** One text beside constants. */
  texts: 4,
  has: 5,
  not: 6,
  and: 7,
  or: 8,
  manyAnd: 9,
  manyOr: 10,
  /** The same for the elements of a list, a bit each. */
  rowNumber: 11,
  rowThresholds: 12,
  rowText: 13,
  rowTexts: 14,
  rowHas: 15,
  rowField: 16,
  rowIn: 17,
  rowSteady: 18,
  rowNot: 19,
  rowAnd: 20,
  rowOr: 21,
  rowManyAnd: 22,
  rowManyOr: 23,
  /** From the bits of a body to what the quantifier came to. */
  all: 24,
  exists: 25,
} as const

export type Step<Name extends keyof typeof step> = (typeof step)[Name]

/**
 * Integers a step: its kind; the one operand and the operator that its targets have in common; the range of them in what stands beside each; by
 * how much their nodes, or row nodes, are above that; its table of texts; and its list.
 */
export const stepWidth = 8

/** A list whose elements are judged side by side: its node, the columns that are asked for, and the row nodes over it. */
export interface SweptList {
  readonly node: number
  readonly columns: Int32Array
  /** Those of them that the reader of the facts leaves to be read one by one. */
  readonly unread: Int32Array
  readonly rows: Int32Array
}

export interface Plan {
  /** What is read of the facts, before the first step. */
  readonly shape: Shape
  readonly lists: readonly SweptList[]
  readonly steps: Int32Array
  /** By target: its operands, and the constant beside it. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly numbers: Float64Array
  readonly micros: Float64Array
  /** The targets that a text decides, by the text. */
  readonly tables: readonly ReadonlyMap<string, Int32Array>[]
}

/** Which of less (1), equal (2) and greater (4) an operator accepts, by its code. */
export const accepts: readonly number[] = [2, 5, 1, 3, 4, 6]

/** Sweeps nothing. */
export const noPlan: Plan = {
  shape: [],
  lists: [],
  steps: new Int32Array(0),
  left: new Int32Array(0),
  right: new Int32Array(0),
  numbers: new Float64Array(0),
  micros: new Float64Array(0),
  tables: [],
}
