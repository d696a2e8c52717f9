import type { Problem, Span } from './diagnostic.ts'
import { tokenize, type Token } from './lexer.ts'
import { limits } from './limits.ts'
import { closers, createReader, TooMuch } from './token-reader.ts'
import type { MacroName, Operator, Syntax } from './syntax.ts'

/*
 * Tokens to a syntax tree, with the precedence of CEL: `?:`, `||`, `&&`, relations and `in`, `+ -`, `* / %`, unary, members.
 * Depth and number of nodes are bounded, so neither this nor anything that walks the tree can overflow the stack; beyond them the reading ends.
 * A slip that has one plain meaning (`and`, `not`) is a problem and is read as that meaning. After any other the reading goes on at the next
 * `&&`, comma or closing bracket. No token is read twice.
 */

const macros: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'] satisfies readonly MacroName[]
const relations: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in']
const constants: { readonly [word: string]: boolean } = { true: true, false: false, True: true, False: false, TRUE: true, FALSE: false }
const nulls: readonly string[] = ['null', 'nil', 'None', 'undefined']

export function parse(source: string): { readonly syntax: Syntax; readonly problems: readonly Problem[] } {
  if (source.length > limits.expression) {
    const message = `the expression has ${source.length} characters; at most ${limits.expression} are allowed`
    return { syntax: { kind: 'invalid', parts: [], start: 0, end: 0 }, problems: [{ severity: 'error', start: 0, end: 0, message }] }
  }
  const { tokens, problems: lexical } = tokenize(source)
  const parser = createParser(source, tokens)
  const syntax = parser.parse()
  return { syntax, problems: [...lexical, ...parser.problems] }
}

function createParser(source: string, tokens: readonly Token[]) {
  const reader = createReader(source, tokens)
  const { problems, complain, stop, peek, next, deeper, chained, operatorAt, takeOperator, isOperator, isOneOf, skip, missing } = reader
  let nodes = 0

  const made = (node: Syntax): Syntax => {
    nodes++
    if (nodes > limits.nodes) stop(node, `the expression has more than ${limits.nodes} parts: split the rule`)
    return node
  }
  /** What could not be read, and what could be read of it. */
  const invalid = ({ start, end }: Span, parts: readonly Syntax[] = []): Syntax =>
    made({ kind: 'invalid', parts: parts.filter(part => part.kind !== 'invalid' || part.parts.length > 0), start, end })
  /** What follows a part after which something unexpected stands, as far as the bracket or the end: joint by joint. */
  const readOn = (first: Syntax, closer: string | undefined): readonly Syntax[] => {
    const parts = [first]
    const isStray = (): boolean => closer === undefined && isOneOf(closers)
    for (;;) {
      missing(closer === undefined ? 'an operator or the end' : `"${closer}"`)
      for (skip(); isStray(); skip()) next()
      if (isOneOf(closers) || peek().kind === 'end') return parts
      next()
      parts.push(expression())
      if ((isOneOf(closers) && !isStray()) || peek().kind === 'end') return parts
    }
  }
  /** The bracket that closes. Where something else stands, what was read so far and what can be read before it. */
  const close = (text: string, opener: Span, inner: Syntax): { readonly end: number; readonly parts?: readonly Syntax[] } => {
    if (isOperator(text)) return { end: next().end }
    const parts = peek().kind === 'end' ? [inner] : readOn(inner, text)
    if (isOperator(text)) return { end: next().end, parts }
    if (peek().kind === 'end') complain(opener, `"${source.slice(opener.start, opener.end)}" is never closed by "${text}"`)
    return { end: peek().start, parts }
  }
  function expression(): Syntax {
    return deeper(() => {
      const condition = disjunction()
      if (!isOperator('?')) return condition
      const mark = next()
      const then = disjunction()
      if (!isOperator(':')) {
        if (peek().kind === 'end') complain(mark, '"?" is never followed by ":"')
        else missing('":"')
        skip()
        if (!isOperator(':')) return invalid({ start: condition.start, end: then.end }, [condition, then])
      }
      next()
      const otherwise = expression()
      return made({ kind: 'conditional', condition, then, otherwise, start: condition.start, end: otherwise.end })
    })
  }

  const several = (kind: 'and' | 'or', operator: string, operand: () => Syntax): Syntax => {
    const first = operand()
    const operands = [first]
    let end = first.end
    while (takeOperator([operator]) !== undefined) {
      const another = operand()
      operands.push(another)
      end = another.end
    }
    return operands.length === 1 ? first : made({ kind, operands, start: first.start, end })
  }
  const disjunction = (): Syntax => several('or', '||', conjunction)
  const conjunction = (): Syntax => several('and', '&&', relation)

  const binary = (accepted: readonly string[], operand: () => Syntax): Syntax => {
    let left = operand()
    for (let link = 1; ; link++) {
      const operator = takeOperator(accepted) as Operator | undefined
      if (operator === undefined) return left
      chained(link)
      const right = operand()
      left = made({ kind: 'binary', operator, left, right, start: left.start, end: right.end })
    }
  }
  function relation(): Syntax {
    const left = binary(relations, sum)
    const token = peek()
    const after = peek(1)
    if (token.kind !== 'name' || !/^not$/i.test(token.text) || operatorAt(after) !== 'in') return left
    complain({ start: token.start, end: after.end }, '"not in" is no operator: write !(… in …)')
    next()
    next()
    const right = binary(relations, sum)
    return invalid({ start: left.start, end: right.end }, [left, right])
  }
  const sum = (): Syntax => binary(['+', '-'], product)
  const product = (): Syntax => binary(['*', '/', '%'], unary)

  function unary(): Syntax {
    const token = peek()
    const isWord = token.kind === 'name' && /^not$/i.test(token.text)
    if (isWord && operatorAt(peek(1)) !== '.') complain(token, `"${token.text}" is no operator`, '!')
    else if (!isOperator('!') && !isOperator('-')) return member()
    next()
    const operand = deeper(unary)
    const kind = token.kind === 'operator' && token.text === '-' ? 'negate' : 'not'
    if (kind === 'negate' && operand.kind === 'literal' && typeof operand.value === 'number')
      return { ...operand, value: -operand.value, start: token.start }
    return made({ kind, operand, start: token.start, end: operand.end })
  }

  function member(): Syntax {
    let operand = primary()
    for (let link = 1; ; link++) {
      if (isOperator('[')) {
        chained(link)
        const opener = next()
        const index = expression()
        const { end, parts } = close(']', opener, index)
        const span = { start: operand.start, end }
        operand = parts === undefined ? made({ kind: 'index', operand, index, ...span }) : invalid(span, [operand, ...parts])
      } else if (isOperator('{')) {
        operand = invalid({ start: operand.start, end: map() })
      } else if (isOperator('.')) {
        chained(link)
        next()
        operand = afterDot(operand)
      } else return operand
    }
  }

  function afterDot(operand: Syntax): Syntax {
    const token = peek()
    if (token.kind !== 'name') {
      missing('a field after "."')
      skip()
      return invalid({ start: operand.start, end: token.start }, [operand])
    }
    next()
    if (!isOperator('(')) {
      return made({ kind: 'select', operand, field: token.text, fieldSpan: token, start: operand.start, end: token.end })
    }
    const { values, end, isWhole } = list(')')
    if (!macros.includes(token.text)) {
      if (!isWhole) return invalid({ start: operand.start, end }, [operand, ...values])
      return made({ kind: 'call', name: token.text, nameSpan: token, target: operand, arguments: values, start: operand.start, end })
    }
    const [variable, ...rest] = values
    const [body] = isWhole ? rest : [invalid({ start: token.end, end }, rest)]
    if (variable?.kind === 'name' && body !== undefined && (!isWhole || rest.length === 1))
      return made({ kind: 'macro', name: token.text as MacroName, list: operand, variable, body, start: operand.start, end })
    if (isWhole) complain(token, `${token.text} takes a variable and an expression: ${token.text}(x, …)`)
    return invalid({ start: operand.start, end }, [operand])
  }

  /** What stands between brackets; not read as a whole where something else stands among it. */
  function list(closer: string): { readonly values: readonly Syntax[]; readonly end: number; readonly isWhole: boolean } {
    const opener = next()
    const values: Syntax[] = []
    while (!isOperator(closer)) {
      values.push(expression())
      if (!isOperator(',')) break
      next()
    }
    const { end, parts } = close(closer, opener, { kind: 'invalid', parts: values, start: opener.start, end: opener.end })
    return { values: parts === undefined ? values : [...values, ...parts.slice(1)], end, isWhole: parts === undefined }
  }

  /** Passed over as a whole: the lexer has complained. */
  function map(): number {
    const opener = next()
    skip()
    while (peek().kind !== 'end' && !isOperator('}')) {
      next()
      skip()
    }
    return isOperator('}') ? next().end : opener.end
  }

  function primary(): Syntax {
    const token = peek()
    switch (token.kind) {
      case 'int':
      case 'double':
        next()
        return made({ kind: 'literal', type: token.kind, value: token.value, start: token.start, end: token.end })
      case 'string':
        next()
        return made({ kind: 'literal', type: 'string', value: token.value, start: token.start, end: token.end })
      case 'name':
        next()
        return named(token.text, token)
      case 'operator':
        if (token.text === '(') {
          next()
          const inner = expression()
          const { end, parts } = close(')', token, inner)
          const span = { start: token.start, end }
          return parts === undefined ? { ...inner, ...span } : invalid(span, parts)
        }
        if (token.text === '[') {
          const { values, end, isWhole } = list(']')
          if (!isWhole) return invalid({ start: token.start, end }, values)
          return made({ kind: 'list', elements: values, start: token.start, end })
        }
        if (token.text === '{') return invalid({ start: token.start, end: map() })
        missing('a value')
        skip()
        return invalid(token)
      case 'end':
        missing('a value')
        return invalid(token)
    }
  }

  function named(name: string, span: Span): Syntax {
    if (isOperator('(')) {
      const { values, end, isWhole } = list(')')
      if (!isWhole) return invalid({ start: span.start, end }, values)
      const [operand] = values
      if (name !== 'has') return made({ kind: 'call', name, nameSpan: span, arguments: values, start: span.start, end })
      if (values.length !== 1 || operand === undefined || (operand.kind !== 'select' && operand.kind !== 'name')) {
        if (operand?.kind !== 'invalid') complain(span, 'has() takes one fact: has(evaluation.threshold)')
        return invalid({ start: span.start, end }, values)
      }
      return made({ kind: 'has', operand, start: span.start, end })
    }
    const constant = constants[name]
    if (constant !== undefined && Object.hasOwn(constants, name)) {
      if (name !== String(constant)) complain(span, `"${name}" is no constant`, String(constant))
      return made({ kind: 'literal', type: 'bool', value: constant, start: span.start, end: span.end })
    }
    if (nulls.includes(name)) {
      complain(span, `there is no ${name}: whether a fact is there says has(…)`)
      return invalid(span)
    }
    return made({ kind: 'name', name, start: span.start, end: span.end })
  }

  return {
    problems,
    parse(): Syntax {
      try {
        const syntax = expression()
        if (peek().kind === 'end') return syntax
        return invalid({ start: 0, end: source.length }, readOn(syntax, undefined))
      } catch (error) {
        if (error instanceof TooMuch) return { kind: 'invalid', parts: [], start: 0, end: source.length }
        throw error
      }
    },
  }
}
