import { PolicyCaseFile, type FactsChange, type PolicyCase } from '@muster/contracts'
import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import { limits } from '../limits.ts'
import type { PolicyFile } from '../policy-files.ts'

/*
 * What policies must answer, as data beside them: a base of facts once a file, and cases that say only what differs from it.
 * What is wrong with a file of cases is an error of that file, never a case that is left out.
 */

/** A case where it stands, with all facts that it stands on. */
export interface ReadCase {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly policy: string
  /** What differs from nothing at all, one after the other: the base, the facts of the file, those of the case. */
  readonly changes: readonly FactsChange[]
  readonly expected: Expected
}
export type Expected =
  | { readonly kind: 'outcomes'; readonly outcomes: Extract<PolicyCase, { expect: unknown }>['expect'] }
  | { readonly kind: 'does-not-apply' }
  | { readonly kind: 'asks'; readonly asks: boolean }

export interface ReadCases {
  readonly cases: readonly ReadCase[]
  /** `file:line  what is wrong`. */
  readonly problems: readonly string[]
}

export interface ParsedCaseFile {
  /** Nothing, where something is wrong. */
  readonly content?: PolicyCaseFile
  readonly problems: readonly string[]
  readonly lineOf: (index: number) => number
}

export const isOfCases = (name: string): boolean => /\.cases\.ya?ml$/.test(name)

export function parseCaseFile({ name, text }: PolicyFile): ParsedCaseFile {
  if (text.length > limits.file)
    return { problems: [`${name}:1  a file of cases has at most ${limits.file.toLocaleString('en')} characters`], lineOf: () => 1 }
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines })
  const lineAt = (path: readonly PropertyKey[]): number => {
    const node: unknown = path.length === 0 ? yaml.contents : yaml.getIn(path, true)
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as readonly number[] | null) : undefined
    return range?.[0] === undefined ? (path.length === 0 ? 1 : lineAt(path.slice(0, -1))) : lines.linePos(range[0]).line
  }
  const lineOf = (index: number): number => lineAt(['cases', index])
  const broken = yaml.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line}  ${message.split('\n')[0] ?? ''}`)
  if (broken.length > 0) return { problems: broken, lineOf }
  let hasAlias = false
  visit(yaml, (_, node) => void (hasAlias ||= isAlias(node)))
  if (hasAlias) return { problems: [`${name}:1  a file of cases has no aliases`], lineOf }
  const parsed = PolicyCaseFile.safeParse(yaml.toJS() ?? {})
  if (parsed.success) return { content: parsed.data, problems: [], lineOf }
  return { problems: parsed.error.issues.map(issue => `${name}:${lineAt(issue.path)}  ${inWords(issue)}`), lineOf }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly code: string
  readonly message: string
}

function inWords({ path, code, message }: Issue): string {
  const isCase = path[0] === 'cases' && path.length === 2 && code === 'invalid_union'
  const what = isCase ? 'a case has name, policy, facts, and one of expect, applies: false, asks' : message
  return path.length === 0 ? what : `${path.map(String).join('.')}: ${what}`
}

/** The cases of a file, upon the facts of the file that it stands on. */
export function casesIn(file: string, { content, problems, lineOf }: ParsedCaseFile, base: readonly FactsChange[]): ReadCases {
  const common = [...base, content?.facts ?? {}]
  const cases = (content?.cases ?? []).map((one, index): ReadCase => ({
    file,
    line: lineOf(index),
    name: one.name,
    policy: one.policy,
    changes: [...common, one.facts ?? {}],
    expected: expectedOf(one),
  }))
  return { cases, problems }
}

type Expecting =
  | Pick<Extract<PolicyCase, { expect: unknown }>, 'expect'>
  | Pick<Extract<PolicyCase, { applies: unknown }>, 'applies'>
  | Pick<Extract<PolicyCase, { asks: unknown }>, 'asks'>

export function expectedOf(one: Expecting): Expected {
  if ('expect' in one) return { kind: 'outcomes', outcomes: one.expect }
  return 'asks' in one ? { kind: 'asks', asks: one.asks } : { kind: 'does-not-apply' }
}
