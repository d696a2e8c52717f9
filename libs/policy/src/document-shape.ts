import { ApprovalRule, Policy, PolicyDocument, PolicyRule } from '@muster/contracts'
import { nearest } from './suggestion.ts'

/* Whether a value has the shape of a policy document; if not, what is wrong, in the words of somebody who writes one. */

export interface ShapeProblem {
  readonly path: readonly (string | number)[]
  /** The key that the problem is about, where it is the key itself and not its value. */
  readonly key?: string
  readonly message: string
  readonly suggestion?: string
}

export type Shape =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] }

type Issue = NonNullable<ReturnType<typeof PolicyDocument.safeParse>['error']>['issues'][number]

const fields = [
  ...Object.keys(Policy.shape),
  ...Object.keys(ApprovalRule.shape),
  ...Object.keys(PolicyRule.shape),
  'decide',
  'remediate',
  'from',
  'until',
  'allowed',
  'longest',
  'extensions',
  'steps',
  'automatic',
  'role',
  'count',
]

export function shapeOf(value: unknown): Shape {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problems: [{ path: [], message: 'a policy document is a map of fields' }] }
  }
  const parsed = PolicyDocument.safeParse(value)
  return parsed.success
    ? { ok: true, document: parsed.data }
    : { ok: false, problems: parsed.error.issues.flatMap(issue => told(issue, value)) }
}

function told(issue: Issue, document: object): readonly ShapeProblem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol')
  const field = path.at(-1)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path, key, message: `unknown field "${key}"`, ...suggested(nearest(key, fields)) }))
  }
  const given = valueAt(document, path)
  if (given === undefined && field !== undefined) return [{ path: path.slice(0, -1), message: `the field "${field}" is missing` }]
  if (issue.code === 'invalid_union' && field === 'kind') {
    return [{ path, message: '"kind" must be Policy or ApprovalRule', ...suggested(nearest(String(given), ['Policy', 'ApprovalRule'])) }]
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && (typeof given === 'boolean' || typeof given === 'number')) {
    const message = `"${path.join('.')}" must be text, and YAML reads this as a ${typeof given}`
    return [{ path, message, suggestion: `'${given}'` }]
  }
  const message = `"${path.join('.')}": ${issue.message}`
  if (issue.code !== 'invalid_value') return [{ path, message }]
  return [{ path, message, ...suggested(typeof given === 'string' ? nearest(given, issue.values.map(String)) : undefined) }]
}

const suggested = (suggestion: string | undefined): { readonly suggestion?: string } => (suggestion === undefined ? {} : { suggestion })

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? inner[step as keyof typeof inner] : undefined,
    value,
  )
}
