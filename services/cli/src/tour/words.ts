import type { DeploymentView, RuleCheck } from '@muster/contracts'
import type { Published } from '../publish/publish.ts'
import { sentence } from '../text.ts'
import type { ExampleEvent } from './example.ts'

/* How the tour puts what the server answered. */

const isRepeat = ({ receipts }: Published): boolean => receipts.every(({ outcome }) => outcome === 'unchanged')

export const pastOf = (published: Published): string =>
  isRepeat(published)
    ? 'That was recorded before: a repeat changes nothing.'
    : `All of it is recorded; the log stands at ${published.position}.`

export const repeated = (published: Published): readonly string[] => (isRepeat(published) ? [pastOf(published)] : [])

export const rulesOf = ({ check }: DeploymentView, which: (rule: RuleCheck) => boolean): readonly RuleCheck[] =>
  (check?.rules ?? []).filter(which)

export const outcomes: Readonly<Record<RuleCheck['outcome'], string>> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'is unknown',
  error: 'is in error',
}

export const place = ({ data }: ExampleEvent): string => `${String(data['environment'])}/${String(data['endpoint'])}`

export const wish = (intent: ExampleEvent): string => `Version ${String(intent.data['version'])} wants to run at ${place(intent)}`

export const running = ({ data }: ExampleEvent): string => `Version ${String(data['version'])}`

export const short = (digest: string | undefined): string => (digest === undefined ? 'none' : `${digest.slice(0, 19)}…`)

export const continued = (text: string): string => sentence(`${text.charAt(0).toLowerCase()}${text.slice(1)}`)

/** The values that decided, each once. */
export function valuesOf(rules: readonly Pick<RuleCheck, 'because'>[]): string {
  const values: Record<string, unknown> = Object.assign({}, ...rules.flatMap(({ because }) => because.map(({ values: read }) => read)))
  return Object.entries(values)
    .map(([path, value]) => `${path} is ${JSON.stringify(value)}`)
    .join(', ')
}
