import type { StreamName } from '@muster/contracts'
import { admit, idReused } from '@muster/domain'
import { TooMuchContention, type EventStore, type NewEvent, type WriteResult } from '@muster/event-store'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { Incoming } from './incoming.ts'
import { refuse, type Refusal } from './refusal.ts'
import { factsOf, type StreamFacts } from './stream-facts.ts'

/*
 * Into the log: one look and one append for all that came together, in order within each stream. What it costs does not grow with the
 * streams: the store is asked about the ids that came, and no stream is read for them.
 *
 * Why an event is recorded exactly once: its id is derived from its source and id, and the store has an id once: it answers `repeated` or
 * `id-reused` whatever revision is expected. A write only stands if the stream is still as it was looked at. A crash before the append
 * loses nothing, since the sender (or Kafka, whose offset is committed later) brings it again; after the append what comes again is found
 * and is a repeat.
 *
 * What others write between our look and our append is found by looking once more.
 */

export type Verdict =
  | { readonly kind: 'recorded' | 'repeated'; readonly position: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It could have been recorded, but what came with it could not, and all were to be taken or none. */
  | { readonly kind: 'withheld' }

export interface Terms {
  /**
   * All or none. Only what another process writes between our looking and our writing can make it some; then the verdicts tell which, and
   * what was recorded is a repeat when it is sent again.
   */
  readonly whole?: boolean
  /** Something that came along was refused already: with `whole`, nothing is recorded, and the verdicts tell what else would be refused. */
  readonly spoiled?: boolean
}

const mostAttempts = 10

/** Verdicts in the order of what came. @throws TooMuchContention, StoreUnavailable: what was recorded by then is a repeat the next time. */
export async function recordAll(
  store: EventStore,
  incoming: readonly Incoming[],
  { whole = false, spoiled = false }: Terms = {},
): Promise<Verdict[]> {
  const verdicts = new Map<Incoming, Verdict>()
  let pending = incoming

  for (let attempt = 1; isNonEmpty(pending); attempt += 1) {
    const { known, free, tips } = await lookUp(store, pending)
    for (const [item, verdict] of known) verdicts.set(item, verdict)
    const plans = planFor(free, await factsOf(store, free, tips))
    if (whole && attempt === 1) {
      for (const [item, verdict] of plans.flatMap(withheld)) verdicts.set(item, verdict)
      if (spoiled || [...verdicts.values()].some(({ kind }) => kind === 'refused')) return inOrder(incoming, verdicts)
    }
    const [first, ...rest] = plans.flatMap(({ stream, expected, events }) => (isNonEmpty(events) ? [{ stream, expected, events }] : []))
    const results = first === undefined ? [] : [...(await store.append([first, ...rest]))]

    const again: Incoming[] = []
    for (const { stream, steps, events } of plans) {
      const result = events.length === 0 ? undefined : results.shift()
      if (result?.kind === 'wrong-revision' || result?.kind === 'id-reused') {
        if (attempt >= mostAttempts) throw new TooMuchContention(stream, attempt)
        again.push(...steps.map(({ item }) => item))
      } else for (const { item, decision } of steps) verdicts.set(item, verdictOf(decision, result))
    }
    pending = again
  }
  return inOrder(incoming, verdicts)
}

/** No stream is as long, so that a write with it is always refused: by which refusal, tells whether its id is free. */
const unreachable = 2 ** 31 - 1

interface Look {
  /** Of those whose id the log has. */
  readonly known: readonly (readonly [Incoming, Verdict])[]
  readonly free: readonly Incoming[]
  /** Where the streams of those that are free end. */
  readonly tips: ReadonlyMap<StreamName, number | 'no-stream'>
}

/** What the log has of what came: by asking for writes that cannot be. */
async function lookUp(store: EventStore, [first, ...rest]: NonEmpty<Incoming>): Promise<Look> {
  const probe = ({ stream, recorded }: Incoming) => ({ stream, expected: unreachable, events: [recorded] }) as const
  const results = await store.append([probe(first), ...rest.map(probe)])
  const known: [Incoming, Verdict][] = []
  const free: Incoming[] = []
  const tips = new Map<StreamName, number | 'no-stream'>()
  for (const [index, item] of [first, ...rest].entries()) {
    const result = results[index]
    switch (result?.kind) {
      case 'repeated':
        known.push([item, { kind: 'repeated', position: result.position }])
        break
      case 'id-reused':
        known.push([item, { kind: 'refused', ...refuse(idReused.code, idReused.message) }])
        break
      case 'wrong-revision':
        free.push(item)
        tips.set(item.stream, result.current)
        break
      case 'written':
      case undefined:
        throw new Error(`the store wrote behind revision ${unreachable} of ${item.stream}, which no stream has`)
    }
  }
  return { known, free, tips }
}

type Decision =
  | { readonly kind: 'record' }
  /** Of one that is recorded by the same write. */
  | { readonly kind: 'repeat' }
  | Extract<Verdict, { kind: 'refused' }>

interface Step {
  readonly item: Incoming
  readonly decision: Decision
}
interface Plan {
  readonly stream: StreamName
  readonly expected: number | 'no-stream'
  readonly steps: readonly Step[]
  readonly events: readonly NewEvent[]
}

function planFor(items: readonly Incoming[], facts: ReadonlyMap<StreamName, StreamFacts>): Plan[] {
  // One id twice in what came together: the first has it.
  const accepted = new Map<string, string>()
  const contentOf = (id: string): string | undefined => accepted.get(id)
  const drafts = new Map<StreamName, { facts: StreamFacts; steps: Step[]; events: NewEvent[] }>()

  for (const item of items) {
    const { stream, recorded, event } = item
    const draft = drafts.get(stream) ?? { facts: facts.get(stream) ?? { tip: 'no-stream' }, steps: [], events: [] }
    drafts.set(stream, draft)
    const { artifact, governed } = draft.facts
    const content = `${stream}\n${recorded.type}\n${recorded.data}`
    const admission = admit({ contentOf, ...(artifact !== undefined && { artifact }) }, { id: recorded.id, content, event })
    switch (admission.kind) {
      case 'refuse':
        draft.steps.push({ item, decision: { kind: 'refused', ...refuse(admission.code, admission.message, admission.path) } })
        break
      case 'repeat':
        draft.steps.push({ item, decision: admission })
        break
      case 'record': {
        const { context } = recorded
        // A withdrawal does not name its model, but the declaration before it did.
        const partitionkey = event.type === 'intent.withdrawn' ? (governed ?? context.partitionkey) : context.partitionkey
        draft.facts = {
          ...draft.facts,
          governed: governed ?? partitionkey,
          ...(event.type === 'version.registered' && { artifact: event.artifact.digest }),
        }
        accepted.set(recorded.id, content)
        draft.events.push({ ...recorded, context: { ...context, partitionkey } })
        draft.steps.push({ item, decision: admission })
      }
    }
  }
  return [...drafts].map(
    ([
      stream,
      {
        facts: { tip },
        steps,
        events,
      },
    ]) => ({ stream, expected: tip, steps, events }),
  )
}

function verdictOf(decision: Decision, result: WriteResult | undefined): Verdict {
  const position = result !== undefined && 'position' in result ? result.position : 0
  switch (decision.kind) {
    case 'record':
      return { kind: result?.kind === 'repeated' ? 'repeated' : 'recorded', position }
    case 'repeat':
      return { kind: 'repeated', position }
    case 'refused':
      return decision
  }
}

const withheld = ({ steps }: Plan): [Incoming, Verdict][] =>
  steps.map(({ item, decision }) => [item, decision.kind === 'refused' ? decision : { kind: 'withheld' }])

/** Every item is looked up until it has a verdict. */
const inOrder = (incoming: readonly Incoming[], verdicts: ReadonlyMap<Incoming, Verdict>): Verdict[] =>
  incoming.map(item => verdicts.get(item) as Verdict)
