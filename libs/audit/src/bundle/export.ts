import type { NonEmpty, Sha256 } from '@muster/kernel'
import { accept, digestOfText, readEventLine, refuse, type LogKey, type Result, type Span } from '@muster/ledger'
import { canonicalJson, streamName } from '@muster/contracts'
import { chainFor, comparable } from './chain.ts'
import { writeGaps } from './gaps.ts'
import { writeLogKeys } from './key-ranges.ts'
import { bundleFormat, describeScope, writeManifest, type FrontFile, type Manifest, type Scope } from './manifest.ts'
import { selectionOf } from './selection.ts'
import type { LedgerSource } from './source.ts'

/*
 * A bundle, made from a ledger. What is in it follows from the scope and the ledger alone, in one order and one form: whoever exports the same
 * range again has the same bytes, and two auditors can compare what they were given by a digest.
 */

export interface Bundle {
  readonly manifest: Manifest
  /** Text of `manifest.json`, and of the files behind it. */
  readonly front: Readonly<Record<FrontFile | 'manifest.json', string>>
  /** Lines of all parts, in their order. */
  events(): AsyncIterable<string>
}

export interface ExportOptions {
  readonly sha256: Sha256
  /** Leave what is out so that a checkpoint of this size can be compared. */
  readonly comparableAt?: number
  readonly progress?: (done: number, of: number) => void
}

export async function exportBundle(source: LedgerSource, scope: Scope, options: ExportOptions): Promise<Result<Bundle>> {
  const { sha256, comparableAt } = options
  const chain = await chainFor(source, scope)
  if (!chain.ok) return chain
  const { origin, size } = chain.value
  const chosen = await spansOf(source, scope, size, options)
  if (!chosen.ok) return chosen
  const spans = chosen.value
  const gaps = await Promise.all(between(spans, size, comparableAt).map(span => source.range(span, size)))
  const files: Record<FrontFile, string> = {
    'keys.json': writeLogKeys(inForceUpTo(await source.keys(), size)),
    'checkpoints.json': canonicalJson(comparable(chain.value, spans)),
    'gaps.json': writeGaps(gaps),
  }
  const manifest: Manifest = {
    format: bundleFormat,
    origin,
    scope,
    size,
    events: spans.reduce((sum, { begin, end }) => sum + end - begin, 0),
    digests: {
      'keys.json': digestOfText(sha256, files['keys.json']),
      'checkpoints.json': digestOfText(sha256, files['checkpoints.json']),
      'gaps.json': digestOfText(sha256, files['gaps.json']),
    },
  }
  return accept({
    manifest,
    front: { 'manifest.json': writeManifest(manifest), ...files },
    async *events() {
      for (const span of spans) yield* source.lines(span)
    },
  })
}

/** As they were at that size: what was added or ended later was not known yet when somebody else exported the same range. */
const inForceUpTo = (keys: NonEmpty<LogKey>, size: number): readonly LogKey[] =>
  keys
    .filter(({ from }) => from < size)
    .map(({ key, from, through }) => ({ key, from, ...(through !== undefined && through < size && { through }) }))

async function spansOf(source: LedgerSource, scope: Scope, size: number, { progress }: ExportOptions): Promise<Result<readonly Span[]>> {
  if (scope.kind === 'log') return accept([{ begin: 0, end: size }])
  if (scope.kind === 'range') return accept([{ begin: scope.from, end: scope.to }])
  const selection = selectionOf(scope)
  const indices = new Map<string, number[]>()
  let index = 0
  for await (const text of source.lines({ begin: 0, end: size })) {
    const line = readEventLine(text)
    if (!line.ok) return refuse(`leaf ${index}: ${line.message}`)
    selection.see(line.value)
    const { stream } = line.value.event
    const known = indices.get(stream)
    if (known === undefined) indices.set(stream, [index])
    else known.push(index)
    index += 1
    if (index % 1_000 === 0) progress?.(index, size)
  }
  const chosen = [...selection.streams()].flatMap(stream => indices.get(stream) ?? []).toSorted((one, other) => one - other)
  if (!indices.has(subjectStream(scope))) return refuse(`the log has nothing about ${describeScope(scope)} up to leaf ${size}`)
  const spans: { begin: number; end: number }[] = []
  for (const at of chosen) {
    const last = spans.at(-1)
    if (last?.end === at) last.end = at + 1
    else spans.push({ begin: at, end: at + 1 })
  }
  return accept(spans)
}

const subjectStream = (scope: Extract<Scope, { kind: 'model' | 'deployment' }>): string =>
  scope.kind === 'model' ? streamName('model', scope.model) : streamName('deployment', scope.deployment)

/** What lies between the spans, from the first leaf to the end of the tree, cut in two at the place that is to be compared. */
function between(spans: readonly Span[], size: number, cut: number | undefined): readonly Span[] {
  const gaps: Span[] = []
  let at = 0
  for (const { begin, end } of [...spans, { begin: size, end: size }]) {
    if (cut !== undefined && at < cut && cut < begin) gaps.push({ begin: at, end: cut }, { begin: cut, end: begin })
    else if (at < begin) gaps.push({ begin: at, end: begin })
    at = end
  }
  return gaps
}
