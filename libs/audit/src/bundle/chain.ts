import { readCheckpointText, readNote, refuse, accept, type Result, type Span } from '@muster/ledger'
import type { Scope } from './manifest.ts'
import type { LedgerSource } from './source.ts'

/*
 * Which checkpoints a bundle carries: the one that covers it, and those before it; behind the first thousand one in a thousand leaves, so that
 * a log that was sealed leaf by leaf does not fill its bundle with signatures. The choice depends on the scope alone: the same range gives the same bytes.
 */

const [always, spacing] = [1_000, 1_000]

export interface Chain {
  readonly origin: string
  readonly size: number
  /** Size of the tree and signed note, in order; the last is the newest. */
  readonly notes: readonly (readonly [size: number, note: string])[]
}

export async function chainFor(source: LedgerSource, scope: Scope): Promise<Result<Chain>> {
  const least = scope.kind === 'range' ? scope.to : 1
  const kept: (readonly [number, string])[] = []
  let origin: string | undefined
  let last: readonly [number, string] | undefined
  for await (const note of source.checkpoints()) {
    const read = readNote(note)
    if (!read.ok) return read
    const text = readCheckpointText(read.value.text)
    if (!text.ok) return text
    const { size } = text.value
    origin ??= text.value.origin
    if (text.value.origin !== origin) return refuse(`the log signs as "${origin}" and as "${text.value.origin}"`)
    last = [size, note]
    if (kept.length < always || size >= Math.floor((kept.at(-1)?.[0] ?? 0) / spacing + 1) * spacing) kept.push(last)
    if (scope.kind === 'range' && size >= least) break
  }
  if (origin === undefined || last === undefined) return refuse('the log has not signed a checkpoint yet: wait a few seconds')
  const [size] = last
  if (size < least) return refuse(`${least} leaves are wanted, and the newest checkpoint has ${size}`)
  if (kept.at(-1) !== last) kept.push(last)
  return accept({ origin, size, notes: kept })
}

/** Of these notes the ones whose leaves can be compared: those that end where something is here, and the newest. */
export const comparable = ({ notes, size }: Chain, spans: readonly Span[]): readonly string[] =>
  notes.filter(([at]) => at === size || spans.some(({ begin, end }) => begin <= at && at <= end)).map(([, note]) => note)
