import type { FactField, FactFields, FactsSchema } from '@muster/contracts'
import { compilePattern, conversions, noSuchFunction, textFunctions, timeLiteral } from './calls.ts'
import type { Checked, Comparison, Fact, Select } from './checked.ts'
import type { Problem, Span } from './diagnostic.ts'
import { impliedBy, noGuards, pathOf, united, type Guards } from './guards.ts'
import { limits } from './limits.ts'
import { arithmetic, comparison, strangeValue } from './operators.ts'
import { nearest } from './suggestion.ts'
import type { BinarySyntax, CallSyntax, MacroSyntax, NameSyntax, SelectSyntax, Syntax } from './syntax.ts'
import { bool, describeType, duration, int, invalid, isText, string, timestamp, typeOfFact, unify, type Type } from './types.ts'

/*
 * Does an expression fit the facts? Gives the checked tree and the path patterns that it mentions, or says all that is wrong at once.
 * What is wrong becomes the invalid type, which fits everything, so that one slip is reported once.
 */

interface Typed {
  readonly node: Checked
  readonly type: Type
}
interface Scope {
  readonly variables: ReadonlyMap<string, Type>
  readonly guards: Guards
}

export interface CheckOptions {
  /** Condition under which the expression is asked at all: what its `has()` guards is there. */
  readonly given?: Syntax
  /** Facts that exist but that this expression may not use, with the reason. */
  readonly withheld?: { readonly [name: string]: string }
}

export function check(source: string, syntax: Syntax, schema: FactsSchema, { given, withheld = {} }: CheckOptions) {
  const problems: Problem[] = []
  const reads = new Set<string>()
  const textOf = ({ start, end }: Span): string => source.slice(start, end)

  const report = (severity: Problem['severity'], { start, end }: Span, message: string, suggestion?: string): void => {
    problems.push({ severity, start, end, message, ...(suggestion !== undefined && { suggestion }) })
  }
  const wrong = (span: Span, message: string, suggestion?: string): Typed => {
    report('error', span, message, suggestion)
    return broken(span)
  }
  /** Stands for what was complained about; it is never evaluated. */
  const broken = ({ start, end }: Span): Typed => ({ node: { kind: 'constant', value: false, start, end }, type: invalid })
  const isBool = (typed: Typed, syntax: Syntax, role: string): void => {
    if (typed.type.kind !== 'bool' && typed.type.kind !== 'invalid') {
      report('error', syntax, `${role} must be true or false; this is ${describeType(typed.type)}`)
    }
  }
  const mention = (type: Type, places: readonly string[]): void => {
    if (type.kind !== 'invalid') for (const place of places) reads.add(place)
  }

  function typed(syntax: Syntax, scope: Scope): Typed {
    const { start, end } = syntax
    switch (syntax.kind) {
      case 'invalid':
        return broken(syntax)
      case 'literal':
        return { node: { kind: 'constant', value: syntax.value, start, end }, type: { kind: syntax.type } }
      case 'name':
        return name(syntax, scope)
      case 'select':
        return select(syntax, scope, false)
      case 'has':
        return has(syntax.operand as NameSyntax | SelectSyntax, syntax, scope)
      case 'list':
        return list(syntax.elements, syntax, scope)
      case 'index': {
        const operand = typed(syntax.operand, scope)
        const index = typed(syntax.index, scope)
        if (index.type.kind !== 'int' && index.type.kind !== 'invalid')
          return wrong(syntax.index, `an index is an int; this is ${describeType(index.type)}`)
        if (operand.type.kind === 'invalid') return broken(syntax)
        if (operand.type.kind !== 'list') return wrong(syntax, `only lists have an index; this is ${describeType(operand.type)}`)
        return { node: { kind: 'index', list: operand.node, index: index.node, start, end }, type: operand.type.of }
      }
      case 'not': {
        const operand = typed(syntax.operand, scope)
        isBool(operand, syntax.operand, 'what "!" negates')
        return { node: { kind: 'not', operand: operand.node, start, end }, type: bool }
      }
      case 'negate': {
        const operand = typed(syntax.operand, scope)
        const { kind } = operand.type
        if (kind === 'invalid') return broken(syntax)
        if (kind !== 'int' && kind !== 'double' && kind !== 'duration')
          return wrong(syntax, `"-" does not work on ${describeType(operand.type)}`)
        return { node: { kind: 'negate', of: kind === 'duration' ? 'time' : kind, operand: operand.node, start, end }, type: operand.type }
      }
      case 'and':
      case 'or': {
        const isAnd = syntax.kind === 'and'
        const implied = syntax.operands.map(operand => impliedBy(operand, isAnd))
        const operands = syntax.operands.map((operand, index) => {
          const others = implied.filter((_, other) => other !== index && implied[other] !== noGuards)
          const inner = others.length === 0 ? scope : { ...scope, guards: united([scope.guards, ...others]) }
          const checked = typed(operand, inner)
          isBool(checked, operand, `each side of "${isAnd ? '&&' : '||'}"`)
          return checked.node
        })
        return { node: { kind: syntax.kind, operands, start, end }, type: bool }
      }
      case 'conditional': {
        const condition = typed(syntax.condition, scope)
        isBool(condition, syntax.condition, 'what stands before "?"')
        const branch = (holds: boolean): Scope => ({ ...scope, guards: united([scope.guards, impliedBy(syntax.condition, holds)]) })
        const then = typed(syntax.then, branch(true))
        const otherwise = typed(syntax.otherwise, branch(false))
        const type = unify(then.type, otherwise.type)
        if (type === undefined)
          return wrong(syntax, `both sides of ":" must be alike; these are ${describeType(then.type)} and ${describeType(otherwise.type)}`)
        return { node: { kind: 'conditional', condition: condition.node, then: then.node, otherwise: otherwise.node, start, end }, type }
      }
      case 'binary':
        return binary(syntax, scope)
      case 'call':
        return call(syntax, scope)
      case 'macro':
        return macro(syntax, scope)
    }
  }

  function name(syntax: NameSyntax, scope: Scope, probing = false): Typed {
    const variable = scope.variables.get(syntax.name)
    if (variable !== undefined)
      return { node: { kind: 'variable', name: syntax.name, start: syntax.start, end: syntax.end }, type: variable }
    const field = fieldOf(schema.fields, syntax.name)
    if (field === undefined) return unknownFact(syntax, syntax.name, Object.keys(schema.fields), [...scope.variables.keys()])
    const reason = Object.hasOwn(withheld, syntax.name) ? withheld[syntax.name] : undefined
    if (reason !== undefined) return wrong(syntax, reason)
    return fact({ kind: 'fact', name: syntax.name, field, start: syntax.start, end: syntax.end }, [syntax.name], syntax, scope, probing)
  }

  function select(syntax: SelectSyntax, scope: Scope, probing: boolean): Typed {
    const record =
      syntax.operand.kind === 'select'
        ? select(syntax.operand, scope, probing)
        : syntax.operand.kind === 'name'
          ? name(syntax.operand, scope, probing)
          : typed(syntax.operand, scope)
    const { type } = record
    if (type.kind === 'invalid') return broken(syntax)
    if (type.kind === 'list')
      return wrong(syntax.fieldSpan, `a list has no field "${syntax.field}": write .exists(x, x.${syntax.field} …) or .all(x, …)`)
    if (type.kind !== 'record') return wrong(syntax.fieldSpan, `${describeType(type)} has no fields`)
    const field = fieldOf(type.fields, syntax.field)
    if (field === undefined) {
      const owner = pathOf(syntax.operand)
      return unknownFact(owner === undefined ? syntax.fieldSpan : syntax, syntax.field, Object.keys(type.fields), [], owner)
    }
    const places = type.places.map(place => `${place}.${syntax.field}`)
    return fact(
      { kind: 'select', record: record.node, name: syntax.field, field, start: syntax.start, end: syntax.end },
      places,
      syntax,
      scope,
      probing,
    )
  }

  /** A fact that is read. A record is mentioned by its fields only; a list of records, whatever is asked of it, also by its length. */
  function fact(node: Fact | Select, places: readonly string[], syntax: Syntax, scope: Scope, probing: boolean): Typed {
    const type = typeOfFact(node.field.type, places)
    if (type.kind !== 'record') mention(type, places)
    if (node.field.presence === 'optional' && !probing) {
      const path = pathOf(syntax)
      if (path === undefined || !scope.guards.has(path)) {
        const text = textOf(syntax)
        report('warning', syntax, `${text} is optional: where it is absent the rule is unknown, unless has(${text}) guards it`)
      }
    }
    return { node, type }
  }

  function has(operand: NameSyntax | SelectSyntax, { start, end }: Span, scope: Scope): Typed {
    const { node, type } = operand.kind === 'name' ? name(operand, scope, true) : select(operand, scope, true)
    if (type.kind === 'invalid') return broken({ start, end })
    if (node.kind !== 'fact' && node.kind !== 'select') return wrong({ start, end }, 'has() takes a fact, not a variable')
    if (type.kind === 'record') mention(type, type.places)
    return { node: { kind: 'has', fact: node, start, end }, type: bool }
  }

  function unknownFact(span: Span, wanted: string, known: readonly string[], variables: readonly string[], owner?: string): Typed {
    const near = nearest(wanted, [...variables, ...known])
    const elsewhere = near === undefined ? pathsTo(schema.fields, wanted)[0] : undefined
    const path = (field: string): string => (owner === undefined ? field : `${owner}.${field}`)
    const suggestion = elsewhere ?? (near === undefined ? undefined : path(near))
    return wrong(span, `unknown fact "${path(wanted)}"`, suggestion)
  }

  function list(elements: readonly Syntax[], { start, end }: Span, scope: Scope): Typed {
    let of: Type = invalid
    const nodes = elements.map(element => {
      const { node, type } = typed(element, scope)
      const unified = unify(of, type)
      if (unified === undefined) report('error', element, `a list holds one type; this is ${describeType(type)}, not ${describeType(of)}`)
      else of = unified
      return node
    })
    return { node: { kind: 'list', elements: nodes, start, end }, type: { kind: 'list', of, max: elements.length } }
  }

  function binary({ operator, left: leftSyntax, right: rightSyntax, start, end }: BinarySyntax, scope: Scope): Typed {
    const left = typed(leftSyntax, scope)
    const right = typed(rightSyntax, scope)
    const sides = [
      { type: left.type, syntax: leftSyntax, text: textOf(leftSyntax) },
      { type: right.type, syntax: rightSyntax, text: textOf(rightSyntax) },
    ] as const
    switch (operator) {
      case 'in': {
        if (right.type.kind === 'invalid' || left.type.kind === 'invalid') return { ...broken({ start, end }), type: bool }
        if (right.type.kind !== 'list')
          return { ...wrong(rightSyntax, `"in" looks into a list; this is ${describeType(right.type)}`), type: bool }
        const verdict = comparison('==', sides[0], { ...sides[1], type: right.type.of })
        if (!verdict.ok) return { ...wrong({ start, end }, verdict.message), type: bool }
        values(left.type, rightSyntax)
        values(right.type.of, leftSyntax)
        return { node: { kind: 'in', element: left.node, list: right.node, max: right.type.max, start, end }, type: bool }
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const verdict = comparison(operator satisfies Comparison, ...sides)
        if (!verdict.ok) return { ...wrong({ start, end }, verdict.message, verdict.suggestion), type: bool }
        values(left.type, rightSyntax)
        values(right.type, leftSyntax)
        const max = left.type.kind === 'list' ? left.type.max : 0
        return { node: { kind: 'compare', operator, left: left.node, right: right.node, max, start, end }, type: bool }
      }
      case '+':
      case '-':
      case '*':
      case '/':
      case '%': {
        const verdict = arithmetic(operator, ...sides)
        if (!verdict.ok) return wrong({ start, end }, verdict.message, verdict.suggestion)
        return {
          node: { kind: 'arithmetic', operator, of: verdict.of, left: left.node, right: right.node, start, end },
          type: verdict.type,
        }
      }
    }
  }

  /** Texts that are compared with an enum must be among its values; in a list, each of them. */
  function values(type: Type, syntax: Syntax): void {
    if (type.kind === 'list') return values(type.of, syntax)
    if (syntax.kind === 'list') return syntax.elements.forEach(element => values(type, element))
    const strange = strangeValue(type, syntax)
    if (strange === undefined || type.kind !== 'enum') return
    const near = nearest(strange, type.values)
    report('error', syntax, `"${strange}" is none of ${type.values.join(', ')}`, near === undefined ? undefined : `'${near}'`)
  }

  function call(syntax: CallSyntax, scope: Scope): Typed {
    const { name: called, nameSpan, start, end } = syntax
    const operands = [...(syntax.target === undefined ? [] : [syntax.target]), ...syntax.arguments]
    const arity = (count: number, usage: string): boolean => {
      if (operands.length === count) return true
      report('error', nameSpan, `write ${usage}`)
      return false
    }
    const [first, second] = operands

    if ((called === 'timestamp' || called === 'duration') && syntax.target === undefined) {
      const usage = `${called}('${called === 'timestamp' ? '2026-03-31T00:00:00Z' : 'P90D'}')`
      const type = called === 'timestamp' ? timestamp : duration
      if (first?.kind !== 'literal' || typeof first.value !== 'string' || operands.length !== 1)
        return { ...wrong(syntax, `${called}() takes one literal: ${usage}`), type }
      const time = timeLiteral(called, first.value)
      if (typeof time === 'string') return { ...wrong(first, time), type }
      return { node: { kind: 'constant', value: time, start, end }, type }
    }
    if (called === 'size') {
      if (!arity(1, 'size(x)') || first === undefined) return { ...broken(syntax), type: int }
      const operand = typed(first, scope)
      if (operand.type.kind !== 'list' && !isText(operand.type))
        return { ...wrong(first, `only lists and strings have a size; this is ${describeType(operand.type)}`), type: int }
      return { node: { kind: 'size', operand: operand.node, start, end }, type: int }
    }
    if (called === 'matches') {
      if (!arity(2, `x.matches('…')`) || first === undefined || second === undefined) return { ...broken(syntax), type: bool }
      const text = typed(first, scope)
      if (!isText(text.type)) return { ...wrong(first, `matches() looks into a string; this is ${describeType(text.type)}`), type: bool }
      if (second.kind !== 'literal' || typeof second.value !== 'string')
        return { ...wrong(second, 'a pattern must be a literal: what it costs must be known when the rule is written'), type: bool }
      const pattern = compilePattern(second.value)
      if (typeof pattern === 'string') return { ...wrong(second, pattern), type: bool }
      return { node: { kind: 'matches', text: text.node, pattern, program: pattern.programSize(), start, end }, type: bool }
    }
    const textFunction = Object.hasOwn(textFunctions, called) ? textFunctions[called] : undefined
    if (textFunction !== undefined && syntax.target !== undefined) {
      const type = textFunction.gives === 'bool' ? bool : string
      if (!arity(textFunction.takes + 1, `x.${called}(${textFunction.takes === 1 ? `'…'` : ''})`)) return { ...broken(syntax), type }
      const checked = operands.map(operand => ({ ...typed(operand, scope), operand }))
      const unfit = checked.find(operand => !isText(operand.type))
      if (unfit !== undefined) return { ...wrong(unfit.operand, `${called}() works on strings; this is ${describeType(unfit.type)}`), type }
      return { node: { kind: 'text', name: textFunction.name, operands: checked.map(({ node }) => node), start, end }, type }
    }
    const conversion = Object.hasOwn(conversions, called) ? conversions[called] : undefined
    if (conversion !== undefined && syntax.target === undefined) {
      const type: Type = { kind: conversion.to }
      if (!arity(1, `${called}(x)`) || first === undefined) return { ...broken(syntax), type }
      const operand = typed(first, scope)
      if (operand.type.kind === 'invalid') return { ...broken(syntax), type }
      if (operand.type.kind === 'timestamp' || operand.type.kind === 'duration') {
        return { ...wrong(syntax, `${called}() does not work on ${describeType(operand.type)}: times are compared as they are`), type }
      }
      if (!conversion.from.includes(operand.type.kind))
        return { ...wrong(syntax, `${called}() does not work on ${describeType(operand.type)}`), type }
      return { node: { kind: 'convert', to: conversion.to, operand: operand.node, start, end }, type }
    }
    const { message, suggestion } = noSuchFunction(called)
    return wrong(nameSpan, message, suggestion)
  }

  function macro(syntax: MacroSyntax, scope: Scope): Typed {
    const { name: called, variable, start, end } = syntax
    const listed = typed(syntax.list, scope)
    const gives: Type = called === 'filter' || called === 'map' ? invalid : bool
    if (listed.type.kind !== 'list' && listed.type.kind !== 'invalid') {
      return { ...wrong(syntax.list, `${called}() walks a list; this is ${describeType(listed.type)}`), type: gives }
    }
    const hidden = scope.variables.has(variable.name) || fieldOf(schema.fields, variable.name) !== undefined
    if (hidden) report('error', variable, `"${variable.name}" already means something: name the variable otherwise`)
    if (scope.variables.size >= limits.macros) return { ...wrong(syntax, `macros nest more than ${limits.macros} deep`), type: gives }
    const element = listed.type.kind === 'list' ? listed.type.of : invalid
    const max = listed.type.kind === 'list' ? listed.type.max : 0
    const body = typed(syntax.body, { ...scope, variables: new Map([...scope.variables, [variable.name, element]]) })
    const common = { list: listed.node, max, variable: variable.name, body: body.node, start, end }
    if (called === 'map') return { node: { kind: 'map', ...common }, type: { kind: 'list', of: body.type, max } }
    isBool(body, syntax.body, `the condition of ${called}()`)
    if (called === 'filter') return { node: { kind: 'filter', ...common }, type: listed.type }
    return { node: { kind: 'quantifier', name: called, ...common }, type: bool }
  }

  const guards = given === undefined ? noGuards : impliedBy(given, true)
  const root = typed(syntax, { variables: new Map(), guards })
  isBool(root, syntax, 'a rule')
  return { node: root.node, reads: [...reads].toSorted(), problems }
}

const fieldOf = (fields: FactFields, name: string): FactField | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined)

/** Where a field of that very name stands, outside of lists: somebody may have left out the way to it. */
function pathsTo(fields: FactFields, wanted: string, above = ''): readonly string[] {
  return Object.entries(fields).flatMap(([name, { type }]) => {
    const path = `${above}${name}`
    if (name === wanted) return [path]
    return type.kind === 'record' ? pathsTo(type.fields, wanted, `${path}.`) : []
  })
}
