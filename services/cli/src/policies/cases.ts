import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { checkOutcomes } from '@muster/contracts'
import type { PolicyFile } from '@muster/policy'
import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { isOfCases, reasonOf } from './policy-folder.ts'

/*
 * What policies must answer, as data beside them: a base of facts once a file, and cases that say only what differs from it.
 * What is wrong with a file of cases is an error of that file, never a case that is left out.
 */

/** A value replaces what is there, a map is merged into it, null takes it away. A key may be a path: `datasets[0].license`. */
const Change = z.record(z.string(), z.json())

const common = { name: z.string().min(1).max(200), policy: z.string().min(1), facts: Change.optional() }
const Case = z.union([
  z.strictObject({ ...common, expect: z.record(z.string(), z.enum(checkOutcomes)) }),
  z.strictObject({ ...common, applies: z.literal(false) }),
  z.strictObject({ ...common, asks: z.boolean() }),
])
const CaseFile = z.strictObject({
  base: z.string().refine(isOfCases, 'the name of a file that ends in .cases.yaml').optional(),
  facts: Change.optional(),
  cases: z.array(Case).max(2000).optional(),
})

export type Change = z.infer<typeof Change>
export interface PolicyCase {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly policy: string
  /** What differs from nothing at all, one after the other: the base, the facts of the file, those of the case. */
  readonly changes: readonly Change[]
  readonly expected: Expected
}
export type Expected =
  | { readonly kind: 'outcomes'; readonly outcomes: Readonly<Record<string, string>> }
  | { readonly kind: 'does-not-apply' }
  | { readonly kind: 'asks'; readonly asks: boolean }

export interface ReadCases {
  readonly cases: readonly PolicyCase[]
  /** `file:line  what is wrong`. */
  readonly problems: readonly string[]
}

export async function readCases(files: readonly PolicyFile[], cwd: string): Promise<ReadCases> {
  const read = await Promise.all(files.map(file => readCaseFile(file, cwd)))
  return { cases: read.flatMap(({ cases }) => cases), problems: read.flatMap(({ problems }) => problems) }
}

async function readCaseFile(file: PolicyFile, cwd: string): Promise<ReadCases> {
  const { content, problems, lineOf } = parseCaseFile(file)
  if (content === undefined) return { cases: [], problems }
  const base = content.base === undefined ? undefined : await readBase(join(dirname(file.name), content.base), cwd)
  if (base !== undefined && base.problems.length > 0) return { cases: [], problems: base.problems }
  const common = [...(base?.changes ?? []), content.facts ?? {}]
  const cases = (content.cases ?? []).map((one, index): PolicyCase => ({
    file: file.name,
    line: lineOf(index),
    name: one.name,
    policy: one.policy,
    changes: [...common, one.facts ?? {}],
    expected: expectedOf(one),
  }))
  return { cases, problems: [] }
}

/** One file may stand on another, and that one on none. */
async function readBase(name: string, cwd: string): Promise<{ readonly changes: readonly Change[]; readonly problems: readonly string[] }> {
  try {
    const { content, problems } = parseCaseFile({ name, text: await readFile(resolve(cwd, name), 'utf8') })
    if (content?.base !== undefined) return { changes: [], problems: [`${name}:1  a base stands on no other base`] }
    return { changes: [content?.facts ?? {}], problems }
  } catch (error) {
    return { changes: [], problems: [`${name}:1  the base cannot be read (${reasonOf(error)})`] }
  }
}

interface ParsedCaseFile {
  readonly content?: z.infer<typeof CaseFile>
  readonly problems: readonly string[]
  readonly lineOf: (index: number) => number
}

function parseCaseFile({ name, text }: PolicyFile): ParsedCaseFile {
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
  const parsed = CaseFile.safeParse(yaml.toJS() ?? {})
  if (parsed.success) return { content: parsed.data, problems: [], lineOf }
  return { problems: parsed.error.issues.map(issue => `${name}:${lineAt(issue.path)}  ${inWords(issue)}`), lineOf }
}

function inWords({ path, code, message }: z.core.$ZodIssue): string {
  const isCase = path[0] === 'cases' && path.length === 2 && code === 'invalid_union'
  const what = isCase ? 'a case has name, policy, facts, and one of expect, applies: false, asks' : message
  return path.length === 0 ? what : `${path.map(String).join('.')}: ${what}`
}

function expectedOf(one: z.infer<typeof Case>): Expected {
  if ('expect' in one) return { kind: 'outcomes', outcomes: one.expect }
  return 'asks' in one ? { kind: 'asks', asks: one.asks } : { kind: 'does-not-apply' }
}
