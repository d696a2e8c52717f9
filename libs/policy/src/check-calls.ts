import { compilePattern, conversions, noSuchFunction, textFunctions, timeLiteral } from './calls.ts'
import { broken, fieldOf, mustBeBool, report, wrong, type Checking, type Scope, type Typed } from './checking.ts'
import { limits } from './limits.ts'
import { patternSize } from './pattern-size.ts'
import type { CallSyntax, MacroSyntax } from './syntax.ts'
import { bool, describeType, duration, int, invalid, isText, string, timestamp, type Type } from './types.ts'

/* Functions and macros: whether they exist, and whether what they are given fits. */

export function call(checking: Checking, syntax: CallSyntax, scope: Scope): Typed {
  const { name: called, nameSpan, start, end } = syntax
  const operands = [...(syntax.target === undefined ? [] : [syntax.target]), ...syntax.arguments]
  const arity = (count: number, usage: string): boolean => {
    if (operands.length === count) return true
    report(checking, 'error', nameSpan, `write ${usage}`)
    return false
  }
  const [first, second] = operands

  if ((called === 'timestamp' || called === 'duration') && syntax.target === undefined) {
    const usage = `${called}('${called === 'timestamp' ? '2026-03-31T00:00:00Z' : 'P90D'}')`
    const type = called === 'timestamp' ? timestamp : duration
    if (first?.kind !== 'literal' || typeof first.value !== 'string' || operands.length !== 1)
      return wrong(checking, syntax, `${called}() takes one literal: ${usage}`, { type })
    const time = timeLiteral(called, first.value)
    if (typeof time === 'string') return wrong(checking, first, time, { type })
    return { node: { kind: 'constant', value: time, start, end }, type }
  }
  if (called === 'size') {
    if (!arity(1, 'size(x)') || first === undefined) return broken(syntax, int)
    const operand = checking.typed(first, scope)
    if (operand.type.kind !== 'list' && !isText(operand.type))
      return wrong(checking, first, `only lists and strings have a size; this is ${describeType(operand.type)}`, { type: int })
    return { node: { kind: 'size', operand: operand.node, start, end }, type: int }
  }
  if (called === 'matches') {
    if (!arity(2, `x.matches('…')`) || first === undefined || second === undefined) return broken(syntax, bool)
    const text = checking.typed(first, scope)
    if (!isText(text.type))
      return wrong(checking, first, `matches() looks into a string; this is ${describeType(text.type)}`, { type: bool })
    if (second.kind !== 'literal' || typeof second.value !== 'string')
      return wrong(checking, second, 'a pattern must be a literal: what it costs must be known when the rule is written', { type: bool })
    const size = patternSize(second.value)
    checking.patterns.size += size
    const pattern =
      size <= limits.programs && checking.patterns.size > limits.programs
        ? 'the patterns of this expression are too large together: split the rule'
        : compilePattern(second.value)
    if (typeof pattern === 'string') return wrong(checking, second, pattern, { type: bool })
    return { node: { kind: 'matches', text: text.node, pattern, program: pattern.programSize(), start, end }, type: bool }
  }
  const textFunction = Object.hasOwn(textFunctions, called) ? textFunctions[called] : undefined
  if (textFunction !== undefined && syntax.target !== undefined) {
    const type = textFunction.gives === 'bool' ? bool : string
    if (!arity(textFunction.takes + 1, `x.${called}(${textFunction.takes === 1 ? `'…'` : ''})`)) return broken(syntax, type)
    const checked = operands.map(operand => ({ ...checking.typed(operand, scope), operand }))
    const unfit = checked.find(operand => !isText(operand.type))
    if (unfit !== undefined)
      return wrong(checking, unfit.operand, `${called}() works on strings; this is ${describeType(unfit.type)}`, { type })
    return { node: { kind: 'text', name: textFunction.name, operands: checked.map(({ node }) => node), start, end }, type }
  }
  const conversion = Object.hasOwn(conversions, called) ? conversions[called] : undefined
  if (conversion !== undefined && syntax.target === undefined) {
    const type: Type = { kind: conversion.to }
    if (!arity(1, `${called}(x)`) || first === undefined) return broken(syntax, type)
    const operand = checking.typed(first, scope)
    if (operand.type.kind === 'invalid') return broken(syntax, type)
    if (operand.type.kind === 'timestamp' || operand.type.kind === 'duration') {
      return wrong(checking, syntax, `${called}() does not work on ${describeType(operand.type)}: times are compared as they are`, { type })
    }
    if (!conversion.from.includes(operand.type.kind))
      return wrong(checking, syntax, `${called}() does not work on ${describeType(operand.type)}`, { type })
    return { node: { kind: 'convert', to: conversion.to, operand: operand.node, start, end }, type }
  }
  const { message, suggestion } = noSuchFunction(called)
  return wrong(checking, nameSpan, message, { suggestion })
}

export function macro(checking: Checking, syntax: MacroSyntax, scope: Scope): Typed {
  const { name: called, variable, start, end } = syntax
  const listed = checking.typed(syntax.list, scope)
  const gives: Type = called === 'filter' || called === 'map' ? invalid : bool
  if (listed.type.kind !== 'list' && listed.type.kind !== 'invalid') {
    return wrong(checking, syntax.list, `${called}() walks a list; this is ${describeType(listed.type)}`, { type: gives })
  }
  const hidden = scope.variables.has(variable.name) || fieldOf(checking.schema.fields, variable.name) !== undefined
  if (hidden) report(checking, 'error', variable, `"${variable.name}" already means something: name the variable otherwise`)
  if (scope.variables.size >= limits.macros) return wrong(checking, syntax, `macros nest more than ${limits.macros} deep`, { type: gives })
  const element = listed.type.kind === 'list' ? listed.type.of : invalid
  const max = listed.type.kind === 'list' ? listed.type.max : 0
  const body = checking.typed(syntax.body, { ...scope, variables: new Map([...scope.variables, [variable.name, element]]) })
  const common = { list: listed.node, max, variable: variable.name, body: body.node, start, end }
  if (called === 'map') return { node: { kind: 'map', ...common }, type: { kind: 'list', of: body.type, max } }
  mustBeBool(checking, body, syntax.body, `the condition of ${called}()`)
  if (called === 'filter') return { node: { kind: 'filter', ...common }, type: listed.type }
  return { node: { kind: 'quantifier', name: called, ...common }, type: bool }
}
