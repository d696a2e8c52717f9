import type { Problem, Span } from './diagnostic.ts'

/*
 * Text to tokens. What people bring along from other languages (`=`, `<>`, curly quotes, comments) is named as a problem
 * and read as what it means, so that the rest of the expression is still checked.
 */

export type Token = Span &
  (
    | { readonly kind: 'int' | 'double'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'name'; readonly text: string }
    | { readonly kind: 'operator'; readonly text: string }
    | { readonly kind: 'end' }
  )

const operators = ['&&', '||', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', '!', '?', ':', '(', ')', '[', ']', '.', ',']
const mistaken: readonly (readonly [string, string])[] = [
  ['===', '=='],
  ['!==', '!='],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['&&', '&&'],
  ['||', '||'],
  ['==', '=='],
  ['=', '=='],
  ['&', '&&'],
  ['|', '||'],
]
const escapes: { readonly [letter: string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
}

export function tokenize(source: string): { readonly tokens: readonly Token[]; readonly problems: readonly Problem[] } {
  const tokens: Token[] = []
  const problems: Problem[] = []
  let at = 0

  const complain = (start: number, end: number, message: string, suggestion?: string): void => {
    problems.push({ severity: 'error', start, end, message, ...(suggestion !== undefined && { suggestion }) })
  }

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }

  const readString = (start: number, raw: boolean): void => {
    const quote = source[at]
    if (source.startsWith(`${quote}${quote}${quote}`, at)) complain(at, at + 3, 'there are no triple-quoted strings')
    at++
    let value = ''
    for (;;) {
      const character = source[at]
      if (character === undefined || character === '\n') {
        complain(start, at, 'the string does not end', `${source.slice(start, at)}${quote}`)
        break
      }
      if (character === quote) {
        at++
        break
      }
      if (character !== '\\' || raw) {
        value += character
        at++
        continue
      }
      const unicode = match(/\\u[0-9a-fA-F]{4}/y) ?? match(/\\x[0-9a-fA-F]{2}/y)
      const simple = escapes[source[at + 1] ?? '']
      if (unicode !== undefined) value += String.fromCharCode(Number.parseInt(unicode.slice(2), 16))
      else if (simple !== undefined) value += simple
      else complain(at, Math.min(at + 2, source.length), `"${source.slice(at, at + 2)}" is no escape; for a regular expression write r'…'`)
      at = Math.min(at + (unicode?.length ?? 2), source.length)
    }
    tokens.push({ kind: 'string', value, start, end: at })
  }

  const readNumber = (text: string): void => {
    const start = at
    at += text.length
    const suffix = match(/[A-Za-z_0-9]+/y)
    if (suffix !== undefined) {
      at += suffix.length
      complain(start, at, `"${source.slice(start, at)}" is no number: write it in decimal digits`)
    }
    const value = Number(text)
    const kind = /^\d+$/.test(text) ? 'int' : 'double'
    if (kind === 'int' && !Number.isSafeInteger(value)) complain(start, at, 'the integer is beyond 9007199254740991')
    if (!Number.isFinite(value)) complain(start, at, 'the number is too large')
    tokens.push({ kind, value, start, end: at })
  }

  while (at < source.length) {
    const space = match(/\s+/y)
    if (space !== undefined) {
      at += space.length
      continue
    }
    const start = at
    const character = source[at] ?? ''

    if (source.startsWith('//', at)) {
      complain(at, at + 2, 'there are no comments in expressions (a folded line would end in one unseen): use a YAML comment')
      at += match(/[^\n]*/y)?.length ?? 2
      continue
    }
    if (character === '"' || character === "'") {
      readString(start, false)
      continue
    }
    const prefix = match(/[rRbB]+(?=["'])/y)
    if (prefix !== undefined) {
      if (/b/i.test(prefix)) complain(start, start + prefix.length, 'there are no bytes in this language: write a string')
      at += prefix.length
      readString(start, true)
      continue
    }
    const number = match(/(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?/y)
    if (number !== undefined) {
      readNumber(number)
      continue
    }
    const name = match(/[A-Za-z_][A-Za-z_0-9]*/y)
    if (name !== undefined) {
      at += name.length
      tokens.push({ kind: 'name', text: name, start, end: at })
      continue
    }
    const mistake = mistaken.find(([wrong]) => source.startsWith(wrong, at))
    if (mistake !== undefined) {
      const [wrong, right] = mistake
      at += wrong.length
      if (wrong !== right) complain(start, at, `"${wrong}" is no operator`, right)
      tokens.push({ kind: 'operator', text: right, start, end: at })
      continue
    }
    const operator = operators.find(text => source.startsWith(text, at))
    if (operator !== undefined) {
      at += operator.length
      tokens.push({ kind: 'operator', text: operator, start, end: at })
      continue
    }
    const quoted = match(/[“”„‘’‚«»][^“”„‘’‚«»\n]*[“”„‘’‚«»]/y)
    if (quoted !== undefined) {
      at += quoted.length
      const value = quoted.slice(1, -1)
      complain(start, at, 'these are typographic quotes', `'${value}'`)
      tokens.push({ kind: 'string', value, start, end: at })
      continue
    }
    const whole = String.fromCodePoint(source.codePointAt(at) ?? 0)
    at += whole.length
    if (whole === '{') complain(start, at, 'there are no maps in this language')
    if (whole === '{' || whole === '}') tokens.push({ kind: 'operator', text: whole, start, end: at })
    else complain(start, at, `"${whole}" does not belong here`)
  }
  tokens.push({ kind: 'end', start: source.length, end: source.length })
  return { tokens, problems }
}
