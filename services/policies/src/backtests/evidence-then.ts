import { UnknownEventType, type StreamName } from '@muster/contracts'
import { foldEvidence, noEvidence, type StreamEvidence } from '@muster/domain'
import { decode, type Position, type Recorded, type RecordedEvent } from '@muster/event-store'
import { groupBy, isNonEmpty } from '@muster/kernel'
import type { LogReader } from './sandbox.ts'

/*
 * The evidence of streams as of any position. A stream is read once, whole, and folded on as positions grow, which they do along the log; for
 * an earlier one it is folded anew. What was not used for longest is forgotten when there is too much of it.
 */

/** Characters of event data, in all. */
const mostKept = 32 * 1024 * 1024
/** What an entry takes beside its data, roughly. */
const overhead = 500

interface Entry {
  /** Up to the first that this release does not know. */
  readonly events: readonly Recorded[]
  readonly unreadableFrom: Position
  readonly readThrough: Position
  readonly size: number
  folded: { readonly count: number; readonly through: Position; readonly evidence: StreamEvidence }
}

export interface Gathered {
  /** Undefined where this release cannot read what the stream said by then. */
  at<Evidence extends StreamEvidence>(stream: StreamName, through: Position): Evidence | undefined
}

export class EvidenceThen {
  private readonly kept = new Map<StreamName, Entry>()
  private size = 0

  constructor(private readonly log: LogReader) {}

  /** All that the streams said up to `through`, in at most one read. It holds what it gathered, whatever is forgotten meanwhile. */
  async gather(streams: Iterable<StreamName>, through: Position): Promise<Gathered> {
    const found = new Map<StreamName, Entry>()
    const missing: StreamName[] = []
    for (const stream of new Set(streams)) {
      const entry = this.kept.get(stream)
      if (entry === undefined || entry.readThrough < through) missing.push(stream)
      else this.keep(stream, entry, found)
    }
    const events = groupBy(isNonEmpty(missing) ? await this.log.read(missing, { through }) : [], ({ stream }) => stream)
    for (const stream of missing) this.keep(stream, entryOf(stream, events.get(stream) ?? [], through), found)
    return {
      // An entry has the evidence of its stream's category.
      at: <Evidence extends StreamEvidence>(stream: StreamName, position: Position) => {
        const entry = found.get(stream)
        if (entry === undefined) throw new Error(`${stream} was not gathered`)
        return position < entry.unreadableFrom ? (evidenceAt(stream, entry, position) as Evidence) : undefined
      },
    }
  }

  private keep(stream: StreamName, entry: Entry, found: Map<StreamName, Entry>): void {
    found.set(stream, entry)
    const before = this.kept.get(stream)
    this.kept.delete(stream)
    this.kept.set(stream, entry)
    this.size += entry.size - (before?.size ?? 0)
    // A map keeps the order in which its keys came: the first was not used for longest.
    for (const [oldest, { size }] of this.kept) {
      if (this.size <= mostKept) return
      this.kept.delete(oldest)
      this.size -= size
    }
  }
}

function entryOf(stream: StreamName, recorded: readonly RecordedEvent[], readThrough: Position): Entry {
  const events: Recorded[] = []
  let unreadableFrom = Number.MAX_SAFE_INTEGER
  for (const event of recorded) {
    try {
      events.push(decode(event))
    } catch (error) {
      if (!(error instanceof UnknownEventType)) throw error
      unreadableFrom = event.position
      break
    }
  }
  const size = events.reduce((sum, { data }) => sum + data.length, overhead)
  return { events, unreadableFrom, readThrough, size, folded: { count: 0, through: 0, evidence: noEvidence(stream) } }
}

function evidenceAt(stream: StreamName, entry: Entry, through: Position): StreamEvidence {
  let { count, evidence } = entry.folded.through <= through ? entry.folded : { count: 0, evidence: noEvidence(stream) }
  for (; count < entry.events.length; count++) {
    const recorded = entry.events[count]
    if (recorded === undefined || recorded.position > through) break
    evidence = foldEvidence(evidence, recorded)
  }
  entry.folded = { count, through, evidence }
  return evidence
}
