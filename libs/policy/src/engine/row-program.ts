import type { Checked, Select } from '../checked.ts'
import { comparisonCode } from './operator-codes.ts'
import { freeIn, keyOf } from './keys.ts'

/*
 * Bodies of `all` and `exists` that can be judged for all elements at once: connectives over fields of the element, beside constants and what
 * is the same for every element. Equal parts over the same list are one row node, whichever quantifiers they stand in.
 */

export const rowOp = { steady: 0, and: 1, or: 2, not: 3, field: 4, has: 5, in: 6, number: 7, text: 8 } as const

export interface RowLowering {
  /** The row node of a body, or nothing where it asks for more. */
  lower(body: Checked, variable: string, list: number): number | undefined
  /** The row node of every part that was lowered. */
  readonly nodes: ReadonlyMap<Checked, number>
  readonly code: readonly number[]
  readonly pool: readonly number[]
  readonly lists: readonly number[]
}

/** What the nodes outside of bodies have for it. */
export interface Surroundings {
  place(part: Checked): number
  column(list: number, field: Select): number
}

export function startRows({ place, column }: Surroundings): RowLowering {
  const code: number[] = []
  const pool: number[] = []
  const lists: number[] = []
  const known = new Map<string, number>()
  const nodes = new Map<Checked, number>()

  function lower(part: Checked, variable: string, list: number): number | undefined {
    const key = `${list} ${keyOf(part, new Map([[variable, 'row']]))}`
    const found = known.get(key) ?? make(part, variable, list)
    if (found === undefined) return undefined
    // Parts of a part that is there already are there too, under their own names. What is the same for every element is no body's part.
    if (known.has(key) && freeIn(part).size > 0) {
      if (part.kind === 'and' || part.kind === 'or') part.operands.forEach(operand => lower(operand, variable, list))
      if (part.kind === 'not') lower(part.operand, variable, list)
    }
    known.set(key, found)
    nodes.set(part, found)
    return found
  }

  function emit(list: number, what: number, a: number, b = -1, c = -1): number {
    code.push(what, a, b, c)
    return lists.push(list) - 1
  }

  function make(part: Checked, variable: string, list: number): number | undefined {
    if (freeIn(part).size === 0) return emit(list, rowOp.steady, place(part))
    const field = (of: Checked): number | undefined =>
      of.kind === 'select' && of.record.kind === 'variable' && of.record.name === variable ? column(list, of) : undefined
    switch (part.kind) {
      case 'and':
      case 'or': {
        const operands = part.operands.flatMap(operand => lower(operand, variable, list) ?? [])
        if (operands.length < part.operands.length) return undefined
        const start = pool.length
        pool.push(...operands)
        return emit(list, part.kind === 'and' ? rowOp.and : rowOp.or, start, operands.length)
      }
      case 'not': {
        const operand = lower(part.operand, variable, list)
        return operand === undefined ? undefined : emit(list, rowOp.not, operand)
      }
      case 'select': {
        const read = field(part)
        return read === undefined ? undefined : emit(list, rowOp.field, read)
      }
      case 'has': {
        const read = field(part.fact)
        return read === undefined ? undefined : emit(list, rowOp.has, read)
      }
      case 'in': {
        const read = field(part.list)
        return read === undefined || freeIn(part.element).size > 0 ? undefined : emit(list, rowOp.in, read, place(part.element))
      }
      case 'compare': {
        const read = field(part.left)
        if (read === undefined || part.right.kind !== 'constant') return undefined
        const beside = typeof part.right.value
        const operator = comparisonCode[part.operator]
        if (beside !== 'number' && (beside !== 'string' || operator > 1)) return undefined
        return emit(list, beside === 'number' ? rowOp.number : rowOp.text, read, place(part.right), operator)
      }
      case 'constant':
      case 'fact':
      case 'variable':
      case 'list':
      case 'index':
      case 'negate':
      case 'conditional':
      case 'arithmetic':
      case 'size':
      case 'text':
      case 'convert':
      case 'matches':
      case 'quantifier':
      case 'filter':
      case 'map':
        return undefined
    }
  }

  return { lower, nodes, code, pool, lists }
}
