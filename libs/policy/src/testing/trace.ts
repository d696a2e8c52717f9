import type { Facts, FactValue } from '@muster/contracts'
import { childrenOf, type Checked, type Quantifier } from '../checked.ts'
import type { CompiledExpression } from '../compile.ts'
import { evaluate } from '../compute.ts'
import type { Cells } from '../engine/cells.ts'
import { joined } from '../engine/instant.ts'
import type { Machine } from '../engine/machine.ts'
import { binderOf } from '../engine/program.ts'
import type { Engine } from '../engine/policy-set.ts'
import { truthOfRow } from '../engine/rendering.ts'
import { state } from '../engine/state.ts'
import { judge, scopeOf } from '../evaluate.ts'
import { bind, type Scope } from '../scope.ts'
import type { ListValue, Result } from '../value.ts'

/*
 * The trace oracle: everything that the engine left in its registers for an expression, part by part, beside what the simple evaluator says of
 * that part alone. A body is looked at for the element that the engine says was the witness; of any other nothing may be left.
 */

export interface Trace {
  readonly values: number
  /** Each in words. */
  readonly wrong: readonly string[]
}

export function traceOf({ source, ast }: CompiledExpression, facts: Facts, { machine, nodes, rowNodes }: Engine): Trace {
  let values = 0
  const wrong: string[] = []
  const nodeOf = (part: Checked): number => nodes.get(part) ?? -1

  /** A variable of which only columns are asked for holds no element, but its row. */
  const isRow = (part: Checked, node: number): boolean =>
    part.kind === 'variable' &&
    machine.states[node] === state.record &&
    machine.program.binders.some(({ variable, whole }) => variable === node && !whole)
  const rowsOf = (part: Checked, node: number, scope: Scope): readonly [string, string] => {
    const element = evaluate(part, scope)
    const path = element.kind === 'known' ? (element.path ?? '') : element.kind
    return [`[${machine.rows[node]}]`, path.slice(path.lastIndexOf('['))]
  }
  const walk = (part: Checked, scope: Scope): void => {
    const node = nodeOf(part)
    const found = machine.states[node]
    // A field that is compared where it stands has no node; everything that is true or false has.
    if (found === undefined && part.kind !== 'select') wrong.push(`${part.kind} of ${source} is no node`)
    if (found !== undefined && found !== state.none) {
      values += 1
      const own = { ...scope, values: new Map<string, FactValue>() }
      const [ours, theirs] = isRow(part, node) ? rowsOf(part, node, own) : [inRegisters(machine, node), plainly(part, own)]
      if (ours !== theirs) wrong.push(`${source.slice(part.start, part.end)} of ${source}: ${ours}, not ${theirs}`)
    }
    if (part.kind !== 'quantifier' && part.kind !== 'filter' && part.kind !== 'map')
      return childrenOf(part).forEach(child => walk(child, scope))
    walk(part.list, scope)
    if (part.kind === 'quantifier') walkRows(part, scope)
    const witness = part.kind === 'quantifier' && found !== state.none ? (machine.witnesses[binderOf(node, machine.code)] ?? -1) : -1
    if (witness < 0 || machine.rowDone[rowNodes.get(part.body) ?? -1] === 1) return nothingLeft(part.body, part.variable)
    const list = evaluate(part.list, { ...scope, values: new Map() })
    const element = list.kind === 'known' ? (list.value as ListValue).elements[witness] : undefined
    if (element === undefined) wrong.push(`${source} has no witness ${witness}`)
    else walk(part.body, bind(scope, part.variable, element))
  }
  /** Of a body that was judged for all elements at once, every part for every element. */
  const walkRows = ({ body, list, variable }: Quantifier, scope: Scope): void => {
    const walked = evaluate(list, { ...scope, values: new Map() })
    if (rowNodes.get(body) === undefined || walked.kind !== 'known') return
    ;(walked.value as ListValue).elements.forEach((element, index) => {
      const check = (part: Checked): void => {
        const row = rowNodes.get(part)
        if (row === undefined) return
        const ours = truthOfRow(machine, row, index)
        const theirs = judge(part, bind(scope, variable, element)).value
        if (ours !== undefined) values += 1
        if (ours !== undefined && ours !== theirs)
          wrong.push(`${source.slice(part.start, part.end)} of ${source} at ${index}: ${ours}, not ${theirs}`)
        if (part.kind === 'and' || part.kind === 'or' || part.kind === 'not') childrenOf(part).forEach(check)
      }
      check(body)
    })
  }
  const nothingLeft = (part: Checked, variable: string): void => {
    if (part.kind === 'variable' && part.name === variable && machine.states[nodeOf(part)] !== state.none)
      wrong.push(`${variable} of ${source} still stands for an element`)
    childrenOf(part).forEach(child => nothingLeft(child, variable))
  }
  walk(ast, scopeOf(source, facts))
  return { values, wrong }
}

function inRegisters(machine: Machine, node: number): string {
  const [found = 0, number = 0, micros = 0, slope = 0] = [machine.states, machine.numbers, machine.micros, machine.slopes].map(
    each => each[node],
  )
  return registers(found, number, micros, slope, machine.refs[node])
}

function registers(found: number, number: number, micros: number, slope: number, ref: unknown): string {
  switch (found) {
    case state.false:
      return 'false'
    case state.true:
      return 'true'
    case state.number:
      return String(number)
    case state.text:
      return JSON.stringify(ref)
    case state.timestamp:
      return `timestamp ${joined(number, micros)} ${slope === 0 ? 0 : slope}`
    case state.duration:
      return `duration ${joined(number, micros)} ${slope === 0 ? 0 : slope}`
    case state.list: {
      const cells = ref as Cells
      const element = (at: number): string =>
        registers(cells.states[at] ?? 0, cells.numbers[at] ?? 0, cells.micros[at] ?? 0, cells.slopes[at] ?? 0, cells.refs[at])
      return `[${Array.from({ length: cells.length }, (_, at) => element(at)).join(', ')}]`
    }
    case state.record:
      return JSON.stringify(ref)
    case state.absent:
    case state.unknown:
      return 'unknown'
    case state.error:
      return 'error'
  }
  return `byte ${found}`
}

function plainly(part: Checked, scope: Scope): string {
  const connects = part.kind === 'and' || part.kind === 'or' || part.kind === 'not' || part.kind === 'quantifier'
  return connects ? String(judge(part, scope).value) : inWords(evaluate(part, scope))
}

function inWords(result: Result): string {
  if (result.kind !== 'known') return result.kind
  const { value } = result
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  switch (value.kind) {
    case 'timestamp':
    case 'duration':
      return `${value.kind} ${value.micros} ${value.slope}`
    case 'list':
      return `[${value.elements.map(inWords).join(', ')}]`
    case 'record':
      return JSON.stringify(value.raw)
  }
}
