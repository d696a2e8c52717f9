import type { FactField, FactType } from '@muster/contracts'
import type { RE2JS } from 're2js'
import { childrenOf, type Checked, type Conversion, type Select, type TextFunction } from '../checked.ts'
import type { Value } from '../value.ts'
import type { Cells } from './cells.ts'
import { split } from './instant.ts'
import { freeIn, keyOf, type Names } from './keys.ts'
import { arithmeticCode, comparisonCode } from './operator-codes.ts'
import { op, width, type Binder, type Column, type Program, type Reading } from './program.ts'
import { startRows } from './row-program.ts'
import { state } from './state.ts'

/*
 * Checked expressions to nodes, equal ones to the same. A part of a body that does not depend on its variable is no part of the body:
 * it is evaluated once for all elements, and shared.
 */

export interface Lowering {
  lower(expression: Checked): number
  /** The node of every part that was lowered, by the part. */
  readonly nodes: ReadonlyMap<Checked, number>
  /** The row node of every part of a body that is judged for all elements at once. */
  readonly rowNodes: ReadonlyMap<Checked, number>
  /** Of so many rules. */
  finish(rules?: number): Program
}

interface Bound {
  readonly label: string
  readonly body: number[]
  readonly variable: number
  /** The list, where the fields of its elements are columns. */
  readonly columnsOf: number | undefined
  whole: boolean
}
type Reach = ReadonlyMap<string, Bound>

const nothing: Reading = { kind: 'bool', values: [], max: 0, of: undefined }

export function startLowering(): Lowering {
  const code: number[] = []
  const pool: number[] = []
  const binders: Binder[] = []
  const columns: Column[] = []
  const columnIds = new Map<string, number>()
  const names: string[] = []
  const inherited: boolean[] = []
  const optional: number[] = []
  const readings: Reading[] = []
  const patterns: (RE2JS | undefined)[] = []
  const functions: (TextFunction | Conversion | undefined)[] = []
  const steady: number[] = []
  const states: number[] = []
  const numbers: number[] = []
  const micros: number[] = []
  const refs: unknown[] = []
  const known = new Map<string, number>()
  const nodes = new Map<Checked, number>()

  const rows = startRows({ place: part => place(part, new Map()), column })

  interface Constants {
    readonly field?: { readonly name: string; readonly field: FactField }
    readonly pattern?: RE2JS
    readonly called?: TextFunction | Conversion
    readonly value?: Value
    readonly cells?: Cells
  }
  function emit(operands: readonly [number, number?, number?, number?], owner: Bound | undefined, constants: Constants = {}): number {
    const node = states.length
    const [what, a = -1, b = -1, c = -1] = operands
    code.push(what, a, b, c)
    const { field, pattern, called, value, cells } = constants
    names.push(field?.name ?? '')
    inherited.push(field !== undefined && field.name in Object.prototype)
    optional.push(field?.field.presence === 'optional' ? 1 : 0)
    readings.push(field === undefined ? nothing : readingOf(field.field.type))
    patterns.push(pattern)
    functions.push(called)
    steady.push(owner === undefined ? 1 : 0)
    const constant = cells === undefined ? registersOf(value) : { state: state.list, number: 0, micros: 0, ref: cells }
    states.push(constant.state)
    numbers.push(constant.number)
    micros.push(constant.micros)
    refs.push(constant.ref)
    owner?.body.push(node)
    return node
  }
  const cellsOf = (elements: readonly number[]): Cells => ({
    length: elements.length,
    states: elements.map(element => states[element] ?? 0),
    numbers: elements.map(element => numbers[element] ?? 0),
    micros: elements.map(element => micros[element] ?? 0),
    slopes: elements.map(() => 0),
    refs: elements.map(element => refs[element]),
  })
  function range(list: readonly number[]): number {
    const start = pool.length
    pool.push(...list)
    return start
  }

  const labelsIn = (reach: Reach): Names => new Map([...reach].map(([name, { label }]) => [name, label]))

  function place(node: Checked, reach: Reach): number {
    const free = freeIn(node)
    const owner = [...reach].findLast(([name]) => free.has(name))?.[1]
    const key = keyOf(node, labelsIn(reach))
    const earlier = known.get(key)
    if (earlier !== undefined) {
      note(node, reach, earlier)
      return earlier
    }
    const made = make(node, reach, owner)
    known.set(key, made)
    nodes.set(node, made)
    return made
  }

  /** Of a part that is there already, its own parts are too: with the bodies of its binders, whose variables have other names. */
  function note(node: Checked, reach: Reach, at: number): void {
    nodes.set(node, at)
    const inner = node.kind === 'quantifier' || node.kind === 'filter' || node.kind === 'map'
    if (!inner) {
      for (const child of childrenOf(node))
        if (columnOf(child, reach) === undefined || known.has(keyOf(child, labelsIn(reach)))) place(child, reach)
      return
    }
    place(node.list, reach)
    const bound = bounds.get(at)
    if (bound === undefined) return
    place(node.body, new Map([...reach, [node.variable, bound]]))
    rowsOf(node, bound.columnsOf)
  }
  const bounds = new Map<number, Bound>()

  function rowsOf(node: Extract<Checked, { variable: string }>, list: number | undefined): number {
    if (list === undefined || node.kind !== 'quantifier' || node.name === 'exists_one') return -1
    return rows.lower(node.body, node.variable, list) ?? -1
  }

  function bind(node: Extract<Checked, { variable: string }>, reach: Reach, owner: Bound | undefined, what: number): number {
    const list = place(node.list, reach)
    const reading = readings[list]
    const isFact = code[list * width] === op.fact || code[list * width] === op.select
    const columnsOf = isFact && steady[list] === 1 && reading?.of?.kind === 'record' ? list : undefined
    const bound: Bound = { label: `q${states.length}`, body: [], variable: states.length, columnsOf, whole: false }
    // Owned by nobody's body: what binds it sets it, and takes it back.
    emit([op.given], owner)
    const body = place(node.body, new Map([...reach, [node.variable, bound]]))
    owner?.body.push(...bound.body)
    const binder =
      binders.push({
        variable: bound.variable,
        start: range(bound.body),
        count: bound.body.length,
        whole: bound.whole,
        rows: rowsOf(node, columnsOf),
      }) - 1
    const made = emit([what, list, body, binder], owner)
    bounds.set(made, bound)
    return made
  }

  /** The variable and the column, where a part is a field of the element that is walked. */
  function columnOf(part: Checked, reach: Reach): readonly [variable: number, column: number] | undefined {
    const bound = part.kind === 'select' && part.record.kind === 'variable' ? reach.get(part.record.name) : undefined
    if (part.kind !== 'select' || bound?.columnsOf === undefined) return undefined
    nodes.set(part.record, bound.variable)
    return [bound.variable, column(bound.columnsOf, part)]
  }

  function column(list: number, { name, field }: Select): number {
    const key = `${list}.${name}`
    const earlier = columnIds.get(key)
    if (earlier !== undefined) return earlier
    const made = {
      list,
      name,
      inherited: name in Object.prototype,
      optional: field.presence === 'optional',
      reading: readingOf(field.type),
    }
    const id = columns.push(made) - 1
    columnIds.set(key, id)
    return id
  }

  function make(node: Checked, reach: Reach, owner: Bound | undefined): number {
    const of = (part: Checked): number => place(part, reach)
    switch (node.kind) {
      case 'constant':
        return emit([op.given], undefined, { value: node.value })
      case 'variable': {
        const bound = reach.get(node.name)
        if (bound === undefined) throw new Error(`${node.name} is not bound`)
        bound.whole = true
        return bound.variable
      }
      case 'fact':
        return emit([op.fact], owner, { field: node })
      case 'select': {
        const walked = columnOf(node, reach)
        return walked === undefined ? emit([op.select, of(node.record)], owner, { field: node }) : emit([op.column, ...walked], owner)
      }
      case 'has': {
        const walked = columnOf(node.fact, reach)
        return walked === undefined ? emit([op.has, of(node.fact)], owner) : emit([op.cellHas, ...walked], owner)
      }
      case 'not':
        return emit([op.not, of(node.operand)], owner)
      case 'and':
      case 'or': {
        const operands = node.operands.map(of)
        return emit([node.kind === 'and' ? op.and : op.or, range(operands), operands.length], owner)
      }
      case 'list': {
        const elements = node.elements.map(of)
        if (node.elements.every(({ kind }) => kind === 'constant')) return emit([op.given], undefined, { cells: cellsOf(elements) })
        return emit([op.list, range(elements), elements.length], owner)
      }
      case 'compare': {
        const beside = node.right.kind === 'constant' ? typeof node.right.value : 'object'
        const equality = node.operator === '==' || node.operator === '!='
        const what = beside === 'number' ? op.compareNumber : beside === 'string' && equality ? op.compareText : op.compare
        const code = comparisonCode[node.operator]
        const walked = what === op.compare ? undefined : columnOf(node.left, reach)
        if (walked === undefined) return emit([what, of(node.left), of(node.right), code], owner)
        const operand = of(node.right) * 8 + code
        return emit([what === op.compareNumber ? op.cellNumber : op.cellText, ...walked, operand], owner)
      }
      case 'in':
        return emit([op.in, of(node.element), of(node.list)], owner)
      case 'conditional':
        return emit([op.conditional, of(node.condition), of(node.then), of(node.otherwise)], owner)
      case 'arithmetic':
        return emit([op.arithmetic, of(node.left), of(node.right), arithmeticCode(node.of, node.operator)], owner)
      case 'negate':
        return emit([op.negate, of(node.operand)], owner)
      case 'size':
        return emit([op.size, of(node.operand)], owner)
      case 'text': {
        const [text = -1, argument = -1] = node.operands.map(of)
        return emit([op.text, text, argument], owner, { called: node.name })
      }
      case 'matches':
        return emit([op.matches, of(node.text)], owner, { pattern: node.pattern })
      case 'convert':
        return emit([op.convert, of(node.operand)], owner, { called: node.to })
      case 'index':
        return emit([op.index, of(node.list), of(node.index)], owner)
      case 'filter':
        return bind(node, reach, owner, op.filter)
      case 'map':
        return bind(node, reach, owner, op.map)
      case 'quantifier':
        return bind(node, reach, owner, node.name === 'all' ? op.all : node.name === 'exists' ? op.exists : op.existsOne)
    }
  }

  return {
    lower: expression => place(expression, new Map()),
    nodes,
    rowNodes: rows.nodes,
    finish: (rules = 0) => ({
      rules,
      size: states.length,
      code: Int32Array.from(code),
      pool: Int32Array.from(pool),
      binders,
      columns,
      rowCode: Int32Array.from(rows.code),
      rowPool: Int32Array.from(rows.pool),
      rowLists: Int32Array.from(rows.lists),
      names,
      inherited,
      optional: Uint8Array.from(optional),
      readings,
      patterns,
      functions,
      steady: Uint8Array.from(steady),
      states: Uint8Array.from(states),
      numbers: Float64Array.from(numbers),
      micros: Float64Array.from(micros),
      refs,
    }),
  }
}

function readingOf(type: FactType): Reading {
  const values = type.kind === 'enum' ? type.values : []
  return type.kind === 'list'
    ? { kind: 'list', values, max: type.max, of: readingOf(type.of) }
    : { kind: type.kind, values, max: 0, of: undefined }
}

function registersOf(value: Value | undefined) {
  const registers = { state: state.none as number, number: 0, micros: 0, ref: undefined as unknown }
  if (typeof value === 'boolean') return { ...registers, state: value ? state.true : state.false }
  if (typeof value === 'number') return { ...registers, state: state.number, number: value }
  if (typeof value === 'string') return { ...registers, state: state.text, ref: value }
  if (value === undefined || value.kind === 'list' || value.kind === 'record') return registers
  split(value.micros, registers)
  return { ...registers, state: value.kind === 'timestamp' ? state.timestamp : state.duration }
}
