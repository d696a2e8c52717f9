import { op, width, type Column, type Program } from './program.ts'
import { state } from './state.ts'

/* What is read of the facts, as a tree: each record once, its fields in a row. */

export const fieldKind = { text: 0, bool: 1, int: 2, double: 3, enum: 4, record: 5, timestamp: 6, records: 7, other: 8 } as const
export type FieldKind<Name extends keyof typeof fieldKind> = (typeof fieldKind)[Name]

export type Shape = readonly ShapeField[]

export interface ShapeField {
  readonly name: string
  readonly kind: number
  readonly node: number
  /** The memo byte where it is not there. */
  readonly missing: number
  /** Of an enum. */
  readonly values: readonly string[]
  /** The cap of a list. */
  readonly max: number
  /** Of a record, what is read of it. */
  readonly inner: Shape
  /** Which list it is of those that are swept, or -1. */
  readonly list: number
}

/** `wanted` nodes are facts, and with every fact the record that it stands in. `lists` says which of them are swept. */
export function shapeOf(program: Program, wanted: ReadonlySet<number>, lists: ReadonlyMap<number, number>): Shape {
  const { code, names, optional, readings } = program
  const children = new Map<number, number[]>()
  for (const node of [...wanted].toSorted((one, other) => one - other)) {
    const record = code[node * width] === op.select ? (code[node * width + 1] ?? -1) : -1
    children.set(record, [...(children.get(record) ?? []), node])
  }
  const fieldsOf = (record: number): Shape =>
    (children.get(record) ?? []).map(node => ({
      name: names[node] ?? '',
      kind: kindOf(program, node),
      node,
      missing: optional[node] === 1 ? state.absent : state.unknown,
      values: readings[node]?.values ?? [],
      max: readings[node]?.max ?? 0,
      inner: fieldsOf(node),
      list: lists.get(node) ?? -1,
    }))
  return fieldsOf(-1)
}

function kindOf({ inherited, readings }: Program, node: number): number {
  const reading = readings[node]
  if (reading === undefined || inherited[node]) return fieldKind.other
  switch (reading.kind) {
    case 'string':
      return fieldKind.text
    case 'list':
      return reading.of?.kind === 'record' ? fieldKind.records : fieldKind.other
    case 'duration':
      return fieldKind.other
    case 'bool':
    case 'int':
    case 'double':
    case 'enum':
    case 'record':
    case 'timestamp':
      return fieldKind[reading.kind]
  }
}

/** Columns that are read together with the list that they are of. */
export function isReadAlong(column: Column | undefined): boolean {
  if (column === undefined || column.inherited) return false
  switch (column.reading.kind) {
    case 'bool':
    case 'int':
    case 'double':
    case 'enum':
    case 'string':
      return true
    case 'timestamp':
    case 'duration':
    case 'list':
    case 'record':
      return false
  }
}
