import type { StreamName } from '@muster/contracts'
import type { NewEvent, Position, Revision, Write, WriteResult } from './event-store.ts'

/*
 * Whether each write may be written: the rule of the port, once, for every adapter that holds its log in order. It is pure. An adapter that
 * judged by what it had read, and finds at the insert that the log has moved on, reads and judges again.
 */

/** What the log already has of what the writes name. */
export interface Standing {
  current(stream: StreamName): { readonly revision: Revision; readonly position: Position } | undefined
  find(id: string): Recognised | undefined
}
export interface Recognised extends Content {
  readonly stream: StreamName
  readonly revision: Revision
  readonly position: Position
}
/** What makes two events with one id the same event. */
export interface Content {
  readonly type: string
  readonly subject: string
  readonly data: string
}

export interface Row {
  readonly stream: StreamName
  readonly revision: Revision
  readonly event: NewEvent
}

export interface Judgement {
  /** To be inserted, all or none, in this order. */
  readonly rows: readonly Row[]
  /** What to answer once the rows stand directly behind `base`. */
  results(base: Position): readonly WriteResult[]
}

export function judge(writes: readonly Write[], standing: Standing): Judgement {
  const rows: Row[] = []
  // Positions of what this call writes are not known yet: they are kept as functions of where the rows will stand.
  const written = new Map<string, Found>()
  const tips = new Map<StreamName, { revision: Revision; position: Later }>()

  const find = (id: string): Found | undefined => {
    const inThisCall = written.get(id)
    if (inThisCall !== undefined) return inThisCall
    const before = standing.find(id)
    return before && { ...before, position: () => before.position }
  }
  const tipOf = (stream: StreamName): { revision: Revision; position: Later } | undefined => {
    const inThisCall = tips.get(stream)
    if (inThisCall !== undefined) return inThisCall
    const before = standing.current(stream)
    return before && { revision: before.revision, position: () => before.position }
  }

  const answers = writes.map(({ stream, expected, events }): ((base: Position) => WriteResult) => {
    const found = events.map(({ id }) => find(id))
    if (found.some(each => each !== undefined)) {
      const [first] = found
      const odd = events.findIndex((event, index) => !isRepeat(event, found[index], stream, (first?.revision ?? 0) + index))
      if (odd === -1) {
        const last = found.at(-1) as Found
        return base => ({ kind: 'repeated', revision: last.revision, position: last.position(base) })
      }
      // Name an id that exists, not the new one beside it.
      const id = (found[odd] === undefined ? events[found.findIndex(each => each !== undefined)] : events[odd])?.id ?? events[0].id
      return () => ({ kind: 'id-reused', id })
    }
    const twice = events.find(({ id }, index) => events.findIndex(other => other.id === id) !== index)
    if (twice !== undefined) return () => ({ kind: 'id-reused', id: twice.id })

    const current = tipOf(stream)?.revision ?? 'no-stream'
    if (current !== expected) return () => ({ kind: 'wrong-revision', current })

    for (const event of events) {
      const revision = (tipOf(stream)?.revision ?? -1) + 1
      rows.push({ stream, revision, event })
      const offset = rows.length
      const position: Later = base => base + offset
      written.set(event.id, { stream, revision, position, ...contentOf(event) })
      tips.set(stream, { revision, position })
    }
    const { revision, position } = tipOf(stream) as { revision: Revision; position: Later }
    return base => ({ kind: 'written', revision, position: position(base) })
  })

  return { rows, results: base => answers.map(answer => answer(base)) }
}

type Later = (base: Position) => Position
type Found = Omit<Recognised, 'position'> & { readonly position: Later }

const contentOf = ({ type, context, data }: NewEvent): Content => ({ type, subject: context.subject, data })

const isRepeat = (event: NewEvent, found: Found | undefined, stream: StreamName, revision: Revision): boolean =>
  found !== undefined &&
  found.stream === stream &&
  found.revision === revision &&
  found.type === event.type &&
  found.subject === event.context.subject &&
  found.data === event.data
