import type { FactType } from '@muster/contracts'
import type { RE2JS } from 're2js'
import type { Conversion, TextFunction } from '../checked.ts'

/*
 * A policy set as data: four integers a node (what it does, and on which nodes), and beside them the constants.
 * Equal parts are one node, whichever rules they stand in; so what one rule found out, another finds in the memo.
 */

export const op = {
  /** Its value stands in the template of the memo, or is put there by what binds it. */
  given: 0,
  fact: 1,
  select: 2,
  has: 3,
  not: 4,
  and: 5,
  or: 6,
  compare: 7,
  in: 8,
  all: 9,
  exists: 10,
  existsOne: 11,
  size: 12,
  conditional: 13,
  arithmetic: 14,
  negate: 15,
  text: 16,
  matches: 17,
  convert: 18,
  list: 19,
  index: 20,
  filter: 21,
  map: 22,
  /** Forms of the above that most rules are made of: a number, or a text, beside a constant; a field of the element that is walked. */
  compareNumber: 23,
  compareText: 24,
  column: 25,
  /** The same of a column: with the constant's node and the comparison's code in one integer. */
  cellNumber: 26,
  cellText: 27,
  cellHas: 28,
} as const

/** The literal of an operation: `case 1 satisfies Op<'fact'>` is checked, and a table of jumps at run time. */
export type Op<Name extends keyof typeof op> = (typeof op)[Name]

export const width = 4

/** How a fact of a type is read. */
export interface Reading {
  readonly kind: FactType['kind']
  readonly values: readonly string[]
  readonly max: number
  readonly of: Reading | undefined
}

/** What binds a variable: its node, and the nodes to forget for each element, as a range of the pool. */
export interface Binder {
  readonly variable: number
  readonly start: number
  readonly count: number
  /** Whether the element itself is asked for, and not only its columns. */
  readonly whole: boolean
  /** The body as a row node, or -1. */
  readonly rows: number
}

/** A field of the records of a list that is the same for the whole decision: read once for all of them. */
export interface Column {
  readonly list: number
  readonly name: string
  readonly inherited: boolean
  readonly optional: boolean
  readonly reading: Reading
}

export interface Program {
  readonly size: number
  /** How many rules it decides. */
  readonly rules: number
  readonly code: Int32Array
  /** Lists of nodes: operands, and the bodies of binders. */
  readonly pool: Int32Array
  readonly binders: readonly Binder[]
  readonly columns: readonly Column[]
  readonly rowCode: Int32Array
  readonly rowPool: Int32Array
  /** By row node: the list that it is over. */
  readonly rowLists: Int32Array
  /** Per node, where it has one: a name of a fact, and whether objects have such a property by nature. */
  readonly names: readonly string[]
  readonly inherited: readonly boolean[]
  readonly optional: Uint8Array
  readonly readings: readonly Reading[]
  readonly patterns: readonly (RE2JS | undefined)[]
  readonly functions: readonly (TextFunction | Conversion | undefined)[]
  /** Nodes that are the same for the whole decision: what they read is kept in place. */
  readonly steady: Uint8Array
  /** The memo before a decision: constants are there, all else is not. */
  readonly states: Uint8Array
  readonly numbers: Float64Array
  readonly micros: Float64Array
  readonly refs: readonly unknown[]
}

/** What binds the variable of a node that walks a list. */
export const binderOf = (node: number, code: Int32Array): number => code[node * width + 3] ?? -1
