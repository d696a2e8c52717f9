import { canonicalJson } from '@muster/contracts'
import { accept, checkCanonical, refuse, type Result } from '@muster/ledger'

/*
 * What a bundle says of itself, in its first file. Nothing of it is believed: each field is compared with what is there. It is there so that
 * whoever reads can say at once what should follow, and stop where it does not.
 */

export const bundleFormat = 'muster-bundle/1'
export const linesAPart = 8_192

/** The whole log up to a checkpoint, leaves of it from one index up to another, or all that decisions about one thing go by. */
export type Scope =
  | { readonly kind: 'log' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'deployment'; readonly deployment: string }

export interface Manifest {
  readonly format: typeof bundleFormat
  readonly origin: string
  readonly scope: Scope
  /** Leaves of the newest checkpoint. */
  readonly size: number
  /** Events that are here, in parts of `linesAPart` lines. */
  readonly events: number
  /** `sha256:…` of the other files that stand before the events. */
  readonly digests: Readonly<Record<FrontFile, string>>
}

/** In the order in which they stand. */
export const frontFiles = ['keys.json', 'checkpoints.json', 'gaps.json'] as const
export type FrontFile = (typeof frontFiles)[number]
export const manifestFile = 'manifest.json'

export const partsOf = ({ events }: Pick<Manifest, 'events'>): number => Math.ceil(events / linesAPart)
/** `events/000000.ndjson` */
export const partName = (part: number): string => `events/${String(part).padStart(6, '0')}.ndjson`

export const writeManifest = (manifest: Manifest): string => canonicalJson(manifest)

export function readManifest(text: string): Result<Manifest> {
  const no = (why: string): Result<Manifest> => refuse(`${manifestFile}: ${why}`)
  const checked = checkCanonical(text)
  if (!checked.ok) return no(checked.message)
  const { format, origin, scope, size, events, digests, ...more } = fieldsOf(JSON.parse(text))
  if (format !== bundleFormat) return no(`this is not ${bundleFormat}`)
  if (typeof origin !== 'string' || origin === '') return no('it does not say of which log it is')
  if (!isCount(size) || !isCount(events) || events > size)
    return no('its size and its events are not whole numbers, the second not above the first')
  const read = readScope(scope)
  if (read === undefined) return no('its scope is none that is known')
  const named = fieldsOf(digests)
  const told = frontFiles.map(file => [file, named[file]] as const)
  if (Object.keys(named).length !== told.length || !told.every(([, value]) => isDigest(value)) || Object.keys(more).length > 0)
    return no(`it has the digests of ${frontFiles.join(', ')}, and no more`)
  const manifest: Manifest = { format, origin, scope: read, size, events, digests: Object.fromEntries(told) as Manifest['digests'] }
  return writeManifest(manifest) === text ? accept(manifest) : no('it has more fields than it should')
}

function readScope(value: unknown): Scope | undefined {
  const { kind, from, to, model, deployment } = fieldsOf(value)
  switch (kind) {
    case 'log':
      return { kind }
    case 'range':
      return isCount(from) && isCount(to) && from < to ? { kind, from, to } : undefined
    case 'model':
      return typeof model === 'string' ? { kind, model } : undefined
    case 'deployment':
      return typeof deployment === 'string' ? { kind, deployment } : undefined
    default:
      return undefined
  }
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
export const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isDigest = (value: unknown): boolean => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)

/** In words, for people. */
export function describeScope(scope: Scope): string {
  switch (scope.kind) {
    case 'log':
      return 'the whole log'
    case 'range':
      return `leaves ${scope.from} to ${scope.to - 1} of the log`
    case 'model':
      return `the model ${scope.model}`
    case 'deployment':
      return `the deployment ${scope.deployment}`
  }
}
