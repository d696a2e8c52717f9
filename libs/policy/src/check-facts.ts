import type { FactFields } from '@muster/contracts'
import type { Fact, Select } from './checked.ts'
import { broken, fieldOf, report, textOf, wrong, type Checking, type Scope, type Typed } from './checking.ts'
import type { Span } from './diagnostic.ts'
import { pathOf } from './guards.ts'
import { nearest } from './suggestion.ts'
import type { NameSyntax, SelectSyntax, Syntax } from './syntax.ts'
import { bool, describeType, typeOfFact } from './types.ts'

/* Names and fields: which fact each means, which paths are mentioned by it, and whether an optional one is guarded. */

export function name(checking: Checking, syntax: NameSyntax, scope: Scope, probing = false): Typed {
  const variable = scope.variables.get(syntax.name)
  if (variable !== undefined) return { node: { kind: 'variable', name: syntax.name, start: syntax.start, end: syntax.end }, type: variable }
  const field = fieldOf(checking.schema.fields, syntax.name)
  if (field === undefined)
    return unknownFact(checking, syntax, syntax.name, Object.keys(checking.schema.fields), [...scope.variables.keys()])
  const reason = Object.hasOwn(checking.withheld, syntax.name) ? checking.withheld[syntax.name] : undefined
  if (reason !== undefined) return wrong(checking, syntax, reason)
  return fact(
    checking,
    { kind: 'fact', name: syntax.name, field, start: syntax.start, end: syntax.end },
    [syntax.name],
    syntax,
    scope,
    probing,
  )
}

export function select(checking: Checking, syntax: SelectSyntax, scope: Scope, probing: boolean): Typed {
  const record =
    syntax.operand.kind === 'select'
      ? select(checking, syntax.operand, scope, probing)
      : syntax.operand.kind === 'name'
        ? name(checking, syntax.operand, scope, probing)
        : checking.typed(syntax.operand, scope)
  const { type } = record
  if (type.kind === 'invalid') return broken(syntax)
  if (type.kind === 'list')
    return wrong(checking, syntax.fieldSpan, `a list has no field "${syntax.field}": write .exists(x, x.${syntax.field} …) or .all(x, …)`)
  if (type.kind !== 'record') return wrong(checking, syntax.fieldSpan, `${describeType(type)} has no fields`)
  const field = fieldOf(type.fields, syntax.field)
  if (field === undefined) {
    const owner = pathOf(syntax.operand)
    return unknownFact(checking, owner === undefined ? syntax.fieldSpan : syntax, syntax.field, Object.keys(type.fields), [], owner)
  }
  const places = type.places.map(place => `${place}.${syntax.field}`)
  return fact(
    checking,
    { kind: 'select', record: record.node, name: syntax.field, field, start: syntax.start, end: syntax.end },
    places,
    syntax,
    scope,
    probing,
  )
}

/** A fact that is read. A record is mentioned by its fields only; a list of records, whatever is asked of it, also by its length. */
function fact(checking: Checking, node: Fact | Select, places: readonly string[], syntax: Syntax, scope: Scope, probing: boolean): Typed {
  const type = typeOfFact(node.field.type, places)
  if (type.kind !== 'record') for (const place of places) checking.reads.add(place)
  if (node.field.presence === 'optional' && !probing) {
    const path = pathOf(syntax)
    if (path === undefined || !scope.guards.has(path)) {
      const text = textOf(checking, syntax)
      report(checking, 'warning', syntax, `${text} is optional: where it is absent the rule is unknown, unless has(${text}) guards it`)
    }
  }
  return { node, type }
}

export function has(checking: Checking, operand: NameSyntax | SelectSyntax, { start, end }: Span, scope: Scope): Typed {
  const { node, type } = operand.kind === 'name' ? name(checking, operand, scope, true) : select(checking, operand, scope, true)
  if (type.kind === 'invalid') return broken({ start, end })
  if (node.kind !== 'fact' && node.kind !== 'select') return wrong(checking, { start, end }, 'has() takes a fact, not a variable')
  if (type.kind === 'record') for (const place of type.places) checking.reads.add(place)
  return { node: { kind: 'has', fact: node, start, end }, type: bool }
}

function unknownFact(
  checking: Checking,
  span: Span,
  wanted: string,
  known: readonly string[],
  variables: readonly string[],
  owner?: string,
): Typed {
  const near = nearest(wanted, [...variables, ...known])
  const elsewhere = near === undefined ? pathsTo(checking.schema.fields, wanted)[0] : undefined
  const path = (field: string): string => (owner === undefined ? field : `${owner}.${field}`)
  const suggestion = elsewhere ?? (near === undefined ? undefined : path(near))
  return wrong(checking, span, `unknown fact "${path(wanted)}"`, { suggestion })
}

/** Where a field of that very name stands, outside of lists: somebody may have left out the way to it. */
function pathsTo(fields: FactFields, wanted: string, above = ''): readonly string[] {
  return Object.entries(fields).flatMap(([name, { type }]) => {
    const path = `${above}${name}`
    if (name === wanted) return [path]
    return type.kind === 'record' ? pathsTo(type.fields, wanted, `${path}.`) : []
  })
}
