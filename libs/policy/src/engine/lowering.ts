import { childrenOf, type Checked } from '../checked.ts'
import { freeIn, keyOf, type Names } from './keys.ts'
import { arithmeticCode, comparisonCode } from './operator-codes.ts'
import { startProgram, type Constants, type Operands } from './program-builder.ts'
import { op, type Program } from './program.ts'
import { startRows } from './row-program.ts'

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

export function startLowering(): Lowering {
  const program = startProgram()
  const known = new Map<string, number>()
  const nodes = new Map<Checked, number>()
  const bounds = new Map<number, Bound>()
  const rows = startRows({ place: part => place(part, new Map()), column: program.column })
  const { range } = program

  /** `owner` is that whose body it is part of. */
  function emit(operands: Operands, owner: Bound | undefined, constants?: Constants): number {
    const node = program.emit(operands, owner === undefined, constants)
    owner?.body.push(node)
    return node
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

  function rowsOf(node: Extract<Checked, { variable: string }>, list: number | undefined): number {
    if (list === undefined || node.kind !== 'quantifier' || node.name === 'exists_one') return -1
    return rows.lower(node.body, node.variable, list) ?? -1
  }

  function bind(node: Extract<Checked, { variable: string }>, reach: Reach, owner: Bound | undefined, what: number): number {
    const list = place(node.list, reach)
    const columnsOf = program.hasColumns(list) ? list : undefined
    const variable = program.next()
    const bound: Bound = { label: `q${variable}`, body: [], variable, columnsOf, whole: false }
    // Owned by nobody's body: what binds it sets it, and takes it back.
    emit([op.given], owner)
    const body = place(node.body, new Map([...reach, [node.variable, bound]]))
    owner?.body.push(...bound.body)
    const start = range(bound.body)
    const binder = program.binder({ variable, start, count: bound.body.length, whole: bound.whole, rows: rowsOf(node, columnsOf) })
    const made = emit([what, list, body, binder], owner)
    bounds.set(made, bound)
    return made
  }

  /** The variable and the column, where a part is a field of the element that is walked. */
  function columnOf(part: Checked, reach: Reach): readonly [variable: number, column: number] | undefined {
    const bound = part.kind === 'select' && part.record.kind === 'variable' ? reach.get(part.record.name) : undefined
    if (part.kind !== 'select' || bound?.columnsOf === undefined) return undefined
    nodes.set(part.record, bound.variable)
    return [bound.variable, program.column(bound.columnsOf, part)]
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
        if (node.elements.every(({ kind }) => kind === 'constant')) return emit([op.given], undefined, { cells: program.cellsOf(elements) })
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
    finish: (rules = 0) => program.finish(rules, rows),
  }
}
