/*
 * What the server keeps, and how it answers for it: after `AllReader`, `IndexWriter` and `Streams.Append` of EventStoreDB 24.10.
 *
 * Positions are places in bytes, so most numbers are none, and a read from such a one is refused. Events of the system lie between ours.
 */

export interface ServerRecord {
  readonly position: number
  /** Where the next record begins. */
  readonly end: number
  readonly stream: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  /** 100 nanoseconds since 1970. */
  readonly created: string
}

export type Proposed = Pick<ServerRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>
export type Expected = number | 'no-stream' | 'any' | 'stream-exists'
export type Appended =
  | { readonly kind: 'success'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-expected-version'; readonly current: number | 'no-stream' }

export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition'
}

export interface ServerLog {
  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended
  stream(stream: string): readonly ServerRecord[]
  /** The records at or behind the place. @throws InvalidPosition */
  forwards(commit: number, prepare: number): readonly ServerRecord[]
  backwards(): readonly ServerRecord[]
  /** Where the next record will begin. */
  end(): number
  appended(signal: AbortSignal): Promise<void>
}

/** What every record costs beside its content. */
const overhead = 100
/** The log begins with records that are no events. */
const beginning = 512
/** How often the system writes something of its own, in appends. */
const systemEvery = 7

export function makeServerLog(now: () => number = Date.now): ServerLog {
  const records: ServerRecord[] = []
  const streams = new Map<string, ServerRecord[]>()
  const waiting = new Set<() => void>()
  let end = beginning
  let appends = 0

  function write(stream: string, events: readonly Proposed[]): ServerRecord {
    const held = streams.get(stream) ?? []
    streams.set(stream, held)
    for (const event of events) {
      const position = end
      end += overhead + event.type.length + event.data.length + event.metadata.length
      const record = { ...event, stream, revision: held.length, position, end, created: `${BigInt(now()) * 10_000n}` }
      held.push(record)
      records.push(record)
    }
    return held.at(-1) as ServerRecord
  }

  function writeSystemEvent(): void {
    const data = Buffer.from('{"proc-cpu":1}')
    write('$stats-127.0.0.1:2113', [
      { id: crypto.randomUUID(), type: '$statsCollected', contentType: 'application/json', data, metadata: new Uint8Array() },
    ])
  }
  writeSystemEvent()

  const indexOf = (position: number): number => {
    let [low, high] = [0, records.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((records[middle]?.position ?? 0) < position) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    append(stream, expected, events) {
      const held = streams.get(stream) ?? []
      const current = held.length - 1
      const wrong: Appended = { kind: 'wrong-expected-version', current: current < 0 ? 'no-stream' : current }
      const expectedRevision = expected === 'no-stream' ? -1 : expected
      if (expectedRevision === 'stream-exists' && current < 0) return wrong
      if (typeof expectedRevision === 'number') {
        if (expectedRevision > current) return wrong
        if (expectedRevision < current) {
          // The ids are what it looks at, and nothing else.
          const same = events.every(({ id }, index) => held[expectedRevision + 1 + index]?.id === id)
          const last = held[expectedRevision + events.length]
          return same && last !== undefined ? { kind: 'success', revision: last.revision, position: last.position } : wrong
        }
      }
      if (++appends % systemEvery === 0) writeSystemEvent()
      const last = write(stream, events)
      for (const wake of waiting) wake()
      return { kind: 'success', revision: last.revision, position: last.position }
    },
    stream: stream => streams.get(stream) ?? [],
    forwards(commit, prepare) {
      const first = indexOf(commit)
      const begins = commit === 0 || commit >= end || records[first]?.position === commit
      if (!begins) throw new InvalidPosition('InvalidPosition')
      return records.slice(records[first]?.position === commit && prepare > commit ? first + 1 : first)
    },
    backwards: () => records.toReversed(),
    end: () => end,
    appended: signal =>
      new Promise(resolve => {
        const wake = (): void => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        signal.addEventListener('abort', wake)
        if (signal.aborted) wake()
      }),
  }
}
