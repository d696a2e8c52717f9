import { decodeEvent, findDefinition, type LifecycleEvent, type StreamName } from '@muster/contracts'
import { admit, recall, remember, type Candidate, type Remembered } from '@muster/domain'
import { TooMuchContention, type EventStore, type NewEvent, type RecordedEvent, type Write, type WriteResult } from '@muster/event-store'
import { groupBy, isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { Incoming } from './incoming.ts'
import { refuse, type Refusal } from './refusal.ts'

/*
 * Into the log: one read and one append for all that came together, in order within each stream.
 *
 * Why an event is recorded exactly once: its id is derived from its source and id, its stream remembers its ids, and a write only stands if
 * the stream is still as it was read. A crash before the append loses nothing, since the sender (or Kafka, whose offset is committed
 * later) brings it again; after the append what comes again is found in its stream and is a repeat.
 *
 * The store says `id-reused` when an id exists in another stream, or when another process wrote some of what we write. The two are told
 * apart by reading once more: what then stands in the stream is a repeat, and what does not is another event under the same id.
 */

export type Verdict =
  | { readonly kind: 'recorded' | 'repeated'; readonly position: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It could have been recorded, but what came with it could not, and all were to be taken or none. */
  | { readonly kind: 'withheld' }

export interface Terms {
  /**
   * All or none. Only what another process writes between our reading and our writing can make it some; then the verdicts tell which, and
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
  // Of ids that exist, unless their own stream turns out to have them.
  const elsewhere = new Set<string>()
  let pending = incoming

  for (let attempt = 1; isNonEmpty(pending); attempt += 1) {
    let plans = await planFor(store, pending, elsewhere)
    if (whole && attempt === 1) {
      const found = await existingElsewhere(store, plans)
      if (found.length > 0) plans = await planFor(store, pending, new Set(found))
      const isRefused = ({ steps }: Plan): boolean => steps.some(({ decision }) => decision.kind === 'refused')
      if (spoiled || plans.some(isRefused)) return inOrder(incoming, plans.flatMap(withheld))
    }
    const writes = plans.flatMap(({ write }) => write ?? [])
    const results = isNonEmpty(writes) ? [...(await store.append(writes))] : []

    const again: Incoming[] = []
    for (const { stream, steps, write } of plans) {
      const result = write === undefined ? undefined : results.shift()
      switch (result?.kind) {
        case undefined:
        case 'written':
        case 'repeated':
          for (const { item, decision } of steps) verdicts.set(item, verdictOf(decision, result))
          break
        case 'id-reused':
          elsewhere.add(result.id)
          again.push(...steps.map(({ item }) => item))
          break
        case 'wrong-revision':
          if (attempt >= mostAttempts) throw new TooMuchContention(stream, attempt)
          again.push(...steps.map(({ item }) => item))
          break
      }
    }
    pending = again
  }
  return inOrder(incoming, verdicts)
}

type Decision =
  | { readonly kind: 'record' }
  | { readonly kind: 'repeat'; readonly position: number | undefined }
  | Extract<Verdict, { kind: 'refused' }>

type Stood = Extract<WriteResult, { kind: 'written' | 'repeated' }>

interface Step {
  readonly item: Incoming
  readonly decision: Decision
}
interface Plan {
  readonly stream: StreamName
  readonly steps: readonly Step[]
  readonly write?: Write
}

async function planFor(store: EventStore, [first, ...rest]: NonEmpty<Incoming>, elsewhere: ReadonlySet<string>): Promise<Plan[]> {
  const groups = groupBy([first, ...rest], ({ stream }) => stream)
  const [stream, ...more] = groups.keys()
  const histories = groupBy(await store.read([stream ?? first.stream, ...more]), event => event.stream)

  // One id in two streams of what came together: the first has it.
  const streamOf = new Map<string, StreamName>()
  for (const { recorded, stream: its } of [first, ...rest]) if (!streamOf.has(recorded.id)) streamOf.set(recorded.id, its)
  const isElsewhere = ({ recorded, stream: its }: Incoming): boolean => elsewhere.has(recorded.id) || streamOf.get(recorded.id) !== its

  return [...groups].map(([name, items]) => planOf(name, items, histories.get(name) ?? [], isElsewhere))
}

function planOf(
  stream: StreamName,
  items: readonly Incoming[],
  history: readonly RecordedEvent[],
  isElsewhere: (item: Incoming) => boolean,
): Plan {
  let memory = recall(history.map(remembered))
  const positions = new Map(history.map(({ id, position }) => [id, position]))
  let governed = history[0]?.context.partitionkey
  const events: NewEvent[] = []

  const steps = items.map((item): Step => {
    const { recorded, event } = item
    const admission = admit(memory, candidate(recorded, event))
    switch (admission.kind) {
      case 'repeat':
        return { item, decision: { kind: 'repeat', position: positions.get(recorded.id) } }
      case 'refuse':
        return { item, decision: { kind: 'refused', ...refuse(admission.code, admission.message, admission.path) } }
      case 'record': {
        if (isElsewhere(item))
          return {
            item,
            decision: { kind: 'refused', ...refuse('id-reused', 'an event with this source and id exists under another subject') },
          }
        memory = remember(memory, candidate(recorded, event))
        // A withdrawal does not name its model, but the declaration before it did.
        const partitionkey = event.type === 'intent.withdrawn' ? (governed ?? recorded.context.partitionkey) : recorded.context.partitionkey
        governed ??= partitionkey
        events.push({ ...recorded, context: { ...recorded.context, partitionkey } })
        return { item, decision: { kind: 'record' } }
      }
    }
  })
  if (!isNonEmpty(events)) return { stream, steps }
  return { stream, steps, write: { stream, expected: history.at(-1)?.revision ?? 'no-stream', events } }
}

/** A newer release may have written what this one cannot read; that stops whoever must understand it, and not the door. */
const remembered = (recorded: RecordedEvent): Remembered =>
  findDefinition(recorded.type) === undefined
    ? { id: recorded.id, content: contentOf(recorded) }
    : candidate(recorded, decodeEvent(recorded) as LifecycleEvent)

const candidate = (recorded: Pick<NewEvent, 'id' | 'type' | 'data'>, event: LifecycleEvent): Candidate => ({
  id: recorded.id,
  content: contentOf(recorded),
  event,
})

const contentOf = ({ type, data }: Pick<NewEvent, 'type' | 'data'>): string => `${type}\n${data}`

/** No stream is as long, so that a write with it is always refused: by which refusal, tells whether its id is free. */
const unreachable = 2 ** 31 - 1

/** Ids of what shall be recorded that exist in other streams, on stores that can tell. */
async function existingElsewhere(store: EventStore, plans: readonly Plan[]): Promise<string[]> {
  const probes = plans.flatMap(({ stream, write }) =>
    (write?.events ?? []).map((event): Write => ({ stream, expected: unreachable, events: [event] })),
  )
  // What is alone is taken whole or not at all in any case.
  if (!isNonEmpty(probes) || probes.length === 1) return []
  const results = await store.append(probes)
  return results.flatMap(result => (result.kind === 'id-reused' ? [result.id] : []))
}

function verdictOf(decision: Decision, result: Stood | undefined): Verdict {
  switch (decision.kind) {
    case 'record':
      return { kind: result?.kind === 'repeated' ? 'repeated' : 'recorded', position: result?.position ?? 0 }
    case 'repeat':
      return { kind: 'repeated', position: decision.position ?? result?.position ?? 0 }
    case 'refused':
      return decision
  }
}

const withheld = ({ steps }: Plan): [Incoming, Verdict][] =>
  steps.map(({ item, decision }) => [item, decision.kind === 'record' ? { kind: 'withheld' } : verdictOf(decision, undefined)])

function inOrder(incoming: readonly Incoming[], verdicts: Iterable<readonly [Incoming, Verdict]>): Verdict[] {
  const found = new Map(verdicts)
  // Every item is in exactly one plan, and is planned until it has a verdict.
  return incoming.map(item => found.get(item) as Verdict)
}
