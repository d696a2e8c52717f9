import type { Problem, Span } from './diagnostic.ts'
import { tokenize, type Token } from './lexer.ts'
import { limits } from './limits.ts'
import type { MacroName, Operator, Syntax } from './syntax.ts'

/*
 * Tokens to a syntax tree, with the precedence of CEL: `?:`, `||`, `&&`, relations and `in`, `+ -`, `* / %`, unary, members.
 * Depth and number of nodes are bounded, so neither this nor anything that walks the tree can overflow the stack.
 * A slip that has one plain meaning (`and`, `not`) is a problem and is read as that meaning; at any other the reading ends.
 */

const macros: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'] satisfies readonly MacroName[]
const relations: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in']
const words: { readonly [word: string]: string } = { and: '&&', AND: '&&', or: '||', OR: '||', IN: 'in' }
const constants: { readonly [word: string]: boolean } = { true: true, false: false, True: true, False: false, TRUE: true, FALSE: false }
const nulls: readonly string[] = ['null', 'nil', 'None', 'undefined']

class Stop extends Error {}

export function parse(source: string): { readonly syntax: Syntax; readonly problems: readonly Problem[] } {
  if (source.length > limits.expression) {
    const message = `the expression has ${source.length} characters; at most ${limits.expression} are allowed`
    return { syntax: { kind: 'invalid', start: 0, end: 0 }, problems: [{ severity: 'error', start: 0, end: 0, message }] }
  }
  const { tokens, problems: lexical } = tokenize(source)
  const parser = createParser(source, tokens)
  const syntax = parser.parse()
  return { syntax, problems: [...lexical, ...parser.problems] }
}

function createParser(source: string, tokens: readonly Token[]) {
  const problems: Problem[] = []
  let position = 0
  let depth = 0
  let nodes = 0

  const complain = ({ start, end }: Span, message: string, suggestion?: string): void => {
    problems.push({ severity: 'error', start, end, message, ...(suggestion !== undefined && { suggestion }) })
  }
  const stop = (span: Span, message: string, suggestion?: string): never => {
    complain(span, message, suggestion)
    throw new Stop()
  }
  // The last token is the end, and nothing moves past it.
  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)] as Token
  const next = (): Token => {
    const token = peek()
    if (token.kind !== 'end') position++
    return token
  }
  const made = (node: Syntax): Syntax => {
    nodes++
    if (nodes > limits.nodes) stop(node, `the expression has more than ${limits.nodes} parts: split the rule`)
    return node
  }
  const deeper = <T>(read: () => T): T => {
    depth++
    if (depth > limits.depth) stop(peek(), `the expression nests more than ${limits.depth} deep`)
    const result = read()
    depth--
    return result
  }
  /** A chain such as `a + b + c` nests once for each link. */
  const chained = (link: number): void => {
    if (depth + link > limits.depth) stop(peek(), `the expression nests more than ${limits.depth} deep`)
  }

  const operatorAt = (token: Token): string | undefined => {
    if (token.kind === 'operator') return token.text
    if (token.kind !== 'name') return undefined
    return token.text === 'in' ? 'in' : words[token.text]
  }
  const takeOperator = (accepted: readonly string[]): string | undefined => {
    const token = peek()
    const operator = operatorAt(token)
    if (operator === undefined || !accepted.includes(operator)) return undefined
    if (token.kind === 'name' && token.text !== operator) complain(token, `"${token.text}" is no operator`, operator)
    next()
    return operator
  }
  const isOperator = (text: string): boolean => {
    const token = peek()
    return token.kind === 'operator' && token.text === text
  }
  const expect = (text: string, opener: Span): Token => {
    if (isOperator(text)) return next()
    const token = peek()
    if (token.kind === 'end') return stop(opener, `"${source.slice(opener.start, opener.end)}" is never closed by "${text}"`)
    return stop(token, `expected "${text}", found ${shown(token)}`)
  }
  const shown = (token: Token): string => (token.kind === 'end' ? 'the end of the expression' : `"${source.slice(token.start, token.end)}"`)

  function expression(): Syntax {
    return deeper(() => {
      const condition = disjunction()
      if (!isOperator('?')) return condition
      const mark = next()
      const then = disjunction()
      expect(':', mark)
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
    if (token.kind === 'name' && /^not$/i.test(token.text) && operatorAt(after) === 'in')
      return stop({ start: token.start, end: after.end }, '"not in" is no operator: write !(… in …)')
    return left
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
        const { end } = expect(']', opener)
        operand = made({ kind: 'index', operand, index, start: operand.start, end })
      } else if (isOperator('.')) {
        chained(link)
        next()
        operand = afterDot(operand)
      } else return operand
    }
  }

  function afterDot(operand: Syntax): Syntax {
    const token = next()
    if (token.kind !== 'name') return stop(token, `expected a field after ".", found ${shown(token)}`)
    if (!isOperator('(')) {
      return made({ kind: 'select', operand, field: token.text, fieldSpan: token, start: operand.start, end: token.end })
    }
    const { values, end } = list('(', ')')
    if (!macros.includes(token.text)) {
      return made({ kind: 'call', name: token.text, nameSpan: token, target: operand, arguments: values, start: operand.start, end })
    }
    const [variable, body] = values
    if (values.length !== 2 || variable === undefined || body === undefined || variable.kind !== 'name')
      return stop(token, `${token.text} takes a variable and an expression: ${token.text}(x, …)`)
    return made({ kind: 'macro', name: token.text as MacroName, list: operand, variable, body, start: operand.start, end })
  }

  function list(open: string, close: string): { readonly values: readonly Syntax[]; readonly end: number } {
    const opener = expect(open, peek())
    const values: Syntax[] = []
    while (!isOperator(close)) {
      values.push(expression())
      if (!isOperator(',')) break
      next()
    }
    return { values, end: expect(close, opener).end }
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
          const { end } = expect(')', token)
          return { ...inner, start: token.start, end }
        }
        if (token.text === '[') {
          const { values, end } = list('[', ']')
          return made({ kind: 'list', elements: values, start: token.start, end })
        }
        return stop(token, `expected a value, found ${shown(token)}`)
      case 'end':
        return stop(token, 'expected a value, found the end of the expression')
    }
  }

  function named(name: string, span: Span): Syntax {
    if (isOperator('(')) {
      const { values, end } = list('(', ')')
      const [operand] = values
      if (name !== 'has') return made({ kind: 'call', name, nameSpan: span, arguments: values, start: span.start, end })
      if (values.length !== 1 || operand === undefined || (operand.kind !== 'select' && operand.kind !== 'name'))
        return stop(span, 'has() takes one fact: has(evaluation.threshold)')
      return made({ kind: 'has', operand, start: span.start, end })
    }
    const constant = constants[name]
    if (constant !== undefined && Object.hasOwn(constants, name)) {
      if (name !== String(constant)) complain(span, `"${name}" is no constant`, String(constant))
      return made({ kind: 'literal', type: 'bool', value: constant, start: span.start, end: span.end })
    }
    if (nulls.includes(name)) {
      complain(span, `there is no ${name}: whether a fact is there says has(…)`)
      return made({ kind: 'invalid', start: span.start, end: span.end })
    }
    return made({ kind: 'name', name, start: span.start, end: span.end })
  }

  return {
    problems,
    parse(): Syntax {
      try {
        const syntax = expression()
        const rest = peek()
        if (rest.kind !== 'end') complain(rest, `expected an operator or the end, found ${shown(rest)}`)
        return syntax
      } catch (error) {
        if (error instanceof Stop) return { kind: 'invalid', start: 0, end: source.length }
        throw error
      }
    },
  }
}
