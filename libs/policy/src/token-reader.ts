import type { Problem, Span } from './diagnostic.ts'
import type { Token } from './lexer.ts'
import { limits } from './limits.ts'

/*
 * The tokens of an expression as they are read: forwards only, each once. Says what is wrong, and leads on after what could not be read, to the
 * next place at which something else begins.
 */

const words: { readonly [word: string]: string } = { and: '&&', AND: '&&', or: '||', OR: '||', IN: 'in' }

/** What a part can end at. */
const boundaries: readonly string[] = ['&&', '||', ',', '?', ':', ')', ']', '}']
const openers: readonly string[] = ['(', '[', '{']
export const closers: readonly string[] = [')', ']', '}']
const longestShown = 40

/** Nothing is read beyond the bounds of an expression. */
export class TooMuch extends Error {}

export type TokenReader = ReturnType<typeof createReader>

export function createReader(source: string, tokens: readonly Token[]) {
  const problems: Problem[] = []
  let position = 0
  let depth = 0
  let lastMissing = -1

  const complain = ({ start, end }: Span, message: string, suggestion?: string): void => {
    problems.push({ severity: 'error', start, end, message, ...(suggestion !== undefined && { suggestion }) })
  }
  const stop = (span: Span, message: string): never => {
    complain(span, message)
    throw new TooMuch()
  }
  // The last token is the end, and nothing moves past it.
  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)] as Token
  const next = (): Token => {
    const token = peek()
    if (token.kind !== 'end') position++
    return token
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
  const isOneOf = (texts: readonly string[]): boolean => {
    const token = peek()
    return token.kind === 'operator' && texts.includes(token.text)
  }
  /** To the next boundary outside of brackets that open on the way. */
  const skip = (): void => {
    for (let level = 0; ; next()) {
      const token = peek()
      if (token.kind === 'end') return
      if (token.kind !== 'operator') continue
      if (level === 0 && boundaries.includes(token.text)) return
      if (openers.includes(token.text)) level++
      else if (closers.includes(token.text)) level--
    }
  }
  /** Of one token it is said once. */
  const missing = (expected: string): void => {
    const token = peek()
    if (token.start === lastMissing) return
    lastMissing = token.start
    complain(token, `expected ${expected}, found ${shown(token)}`)
  }
  function shown(token: Token): string {
    if (token.kind === 'end') return 'the end of the expression'
    const text = source.slice(token.start, token.end)
    return text.length > longestShown ? `"${text.slice(0, longestShown)}…"` : `"${text}"`
  }

  return { problems, complain, stop, peek, next, deeper, chained, operatorAt, takeOperator, isOperator, isOneOf, skip, missing }
}
