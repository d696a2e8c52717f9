import {
  decodeEvent,
  encodeEvent,
  longestEvent,
  parseStream,
  toWireType,
  type AnyEvent,
  type Context,
  type StreamName,
} from '@muster/contracts'
import { fold, groupBy, isNonEmpty, type Decider, type Decision, type NonEmpty } from '@muster/kernel'
import { EventNotSealable, EventTooLong, IdReused, TooMuchContention } from './errors.ts'
import { derivedEventId } from './event-id.ts'
import { flawOf } from './sealable.ts'
import type { EventStore, NewEvent, Position, RecordedEvent, Write, WriteResult } from './event-store.ts'

/*
 * load → fold → decide → append, and again when another writer was first.
 *
 * Why an effect happens once: the decider answers `unchanged` to what it already obeyed, and a decision only stands if the stream is still
 * at the revision that it was decided on. The second belt are the ids: `[cause, stream, "<command type>/<n>"]`, where n counts the events
 * of this call with the same cause and command type on the stream. So two kinds of command with one cause do not meet, the same command
 * from the same cause writes the same ids however often it is sent, and another content under one cause and type (an Idempotency-Key that
 * was used for something else) is `IdReused`.
 *
 * All commands of one stream in one call stand or fall together: they are one write.
 */

export interface CommandContext {
  /** Id of the event that caused the command, or of the request (its Idempotency-Key, or made up). */
  readonly cause: string
  /** Only an event becomes the `causationid` of what is recorded. A request when left out. */
  readonly causedBy?: 'event' | 'request'
  /** Tells apart commands of one kind and cause that are meant to differ, such as a check again at another instant. Part of the ids. */
  readonly occasion?: string
  readonly correlation: string
  readonly actor: { readonly kind: 'person' | 'service'; readonly id: string }
  /** CloudEvents source, such as `/muster/deployments`. */
  readonly source: string
  readonly partitionkey: string
  /** The instant of the command. */
  readonly at: string
  readonly traceparent?: string
}

/** `position` is where a reader must stand to have seen the outcome. `denied`: it was recorded, and is refused. */
export type Outcome<Rejection> =
  | { readonly kind: 'recorded'; readonly position: Position; readonly events: NonEmpty<NewEvent>; readonly denied?: Rejection }
  | { readonly kind: 'unchanged'; readonly position: Position }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }

export interface Order<Command> {
  readonly stream: StreamName
  readonly command: Command
  readonly context: CommandContext
}

/** Before somebody else must be slowed down. */
const mostAttempts = 10
/** A repeat under other content is decided once more, by what the stream has then. */
const mostReuses = 2

/**
 * @throws TooMuchContention after ten lost races: nothing was written, try later.
 * @throws IdReused when the cause wrote other content before.
 * @throws EventTooLong, EventNotSealable when what was decided cannot be recorded.
 * @throws StoreUnavailable, UnknownEventType
 */
export async function execute<C extends { readonly type: string }, S, E extends AnyEvent, R>(
  store: EventStore,
  decider: Decider<C, S, E, R>,
  stream: StreamName,
  command: C,
  context: CommandContext,
): Promise<Outcome<R>> {
  const [outcome] = await executeAll(store, decider, [{ stream, command, context }])
  return outcome as Outcome<R>
}

/**
 * One read and one append for all. Commands to one stream are decided in their order, each upon what the ones before it recorded. Streams
 * that lose a race are read and decided again by themselves. Outcomes come in the order of the commands.
 *
 * @throws what `execute` throws, for the first stream that it befell, after all others are done.
 */
export async function executeAll<C extends { readonly type: string }, S, E extends AnyEvent, R>(
  store: EventStore,
  decider: Decider<C, S, E, R>,
  orders: NonEmpty<Order<C>>,
): Promise<Outcome<R>[]> {
  const outcomes = new Map<Order<C>, Outcome<R>>()
  const failures: Error[] = []
  let pending: Pending<C>[] = [...groupBy(orders, order => order.stream)].map(([stream, ordered]) => ({
    stream,
    orders: ordered,
    reuses: 0,
  }))
  for (const { stream } of pending) {
    if (parseStream(stream).category !== decider.category)
      throw new RangeError(`a decider of ${decider.category} cannot decide for ${stream}`)
  }

  for (let attempt = 1; isNonEmpty(pending); attempt += 1) {
    const histories = groupBy(await store.read(streamsOf(pending)), event => event.stream)
    const plans = pending.map(work => plan(decider, work, histories.get(work.stream) ?? []))
    const writes = plans.flatMap(({ write }) => write ?? [])
    const results = isNonEmpty(writes) ? [...(await store.append(writes))] : []

    const again: Pending<C>[] = []
    for (const { work, write, settle } of plans) {
      const result = write === undefined ? undefined : results.shift()
      switch (result?.kind) {
        case undefined:
        case 'written':
        case 'repeated':
          for (const [order, outcome] of settle(result)) outcomes.set(order, outcome)
          break
        case 'wrong-revision':
          if (attempt < mostAttempts) again.push(work)
          else failures.push(new TooMuchContention(work.stream, attempt))
          break
        case 'id-reused':
          if (work.reuses + 1 < mostReuses) again.push({ ...work, reuses: work.reuses + 1 })
          else failures.push(new IdReused(work.stream, result.id))
          break
      }
    }
    pending = again
  }

  const [failure] = failures
  if (failure !== undefined) throw failure
  // Every order is in exactly one group, and a group without an outcome has failed.
  return orders.map(order => outcomes.get(order) as Outcome<R>)
}

interface Pending<C> {
  readonly stream: StreamName
  readonly orders: NonEmpty<Order<C>>
  readonly reuses: number
}
type Stood = Extract<WriteResult, { kind: 'written' | 'repeated' }>

const streamsOf = ([first, ...rest]: NonEmpty<Pending<unknown>>): NonEmpty<StreamName> => [
  first.stream,
  ...rest.map(({ stream }) => stream),
]

/** Decides a stream's commands, one upon the other. */
function plan<C extends { readonly type: string }, S, E extends AnyEvent, R>(
  decider: Decider<C, S, E, R>,
  work: Pending<C>,
  history: readonly RecordedEvent[],
): { work: Pending<C>; write?: Write; settle(result: Stood | undefined): [Order<C>, Outcome<R>][] } {
  // A stream of the decider's category holds the decider's events and no others.
  let state = fold(
    decider,
    history.map(recorded => decodeEvent(recorded) as E),
  )
  const counts = new Map<string, number>()
  const events: NewEvent[] = []
  const decided: { order: Order<C>; decision: Decision<E, R>; recorded: readonly NewEvent[]; changedBefore: boolean }[] = []

  for (const order of work.orders) {
    const changedBefore = events.length > 0
    const decision = decider.decide(order.command, state)
    const recorded = decision.kind === 'recorded' ? decision.events.map(event => newEvent(event, order, counts)) : []
    if (decision.kind === 'recorded') state = decision.events.reduce<S>(decider.evolve, state)
    events.push(...recorded)
    decided.push({ order, decision, recorded, changedBefore })
  }

  const last = history.at(-1)
  const settle = (result: Stood | undefined): [Order<C>, Outcome<R>][] =>
    decided.map(({ order, decision, recorded, changedBefore }) => {
      const before = last?.position ?? 0
      const position = result?.position ?? before
      switch (decision.kind) {
        case 'rejected':
          return [order, decision]
        case 'unchanged':
          return [order, { kind: 'unchanged', position: changedBefore ? position : before }]
        case 'recorded':
          if (!isNonEmpty(recorded) || result?.kind === 'repeated') return [order, repeated(decision, position)]
          return [order, { ...decision, position, events: recorded }]
      }
    })
  if (!isNonEmpty(events)) return { work, settle }
  return { work, settle, write: { stream: work.stream, expected: last?.revision ?? 'no-stream', events } }
}

/** Somebody wrote exactly this before us: answered as the decider would have, had it seen that. */
const repeated = <R>({ denied }: { readonly denied?: R }, position: Position): Outcome<R> =>
  denied === undefined ? { kind: 'unchanged', position } : { kind: 'rejected', rejection: denied }

function newEvent<C extends { readonly type: string }>(
  event: AnyEvent,
  { stream, command, context }: Order<C>,
  counts: Map<string, number>,
): NewEvent {
  const kind = context.occasion === undefined ? command.type : `${command.type}@${context.occasion}`
  const place = `${kind}/${countOf(counts, `${kind} ${context.cause}`)}`
  const id = derivedEventId(context.cause, stream, place)
  const flaw = flawOf(event)
  if (flaw !== undefined) throw new EventNotSealable(stream, event.type, flaw)
  const { type, data } = encodeEvent(event)
  // No text in UTF-8 is longer than three bytes a unit: most need not be counted.
  const bytes = data.length * 3 <= longestEvent ? data.length : Buffer.byteLength(data)
  if (bytes > longestEvent) throw new EventTooLong(stream, type, bytes)
  return { id, type, data, context: contextOf(id, type, stream, context) }
}

function countOf(counts: Map<string, number>, key: string): number {
  const count = counts.get(key) ?? 0
  counts.set(key, count + 1)
  return count
}

const contextOf = (id: string, type: string, stream: StreamName, context: CommandContext): Context => ({
  id,
  source: context.source,
  type: toWireType(type),
  subject: parseStream(stream).subject,
  partitionkey: context.partitionkey,
  time: context.at,
  correlationid: context.correlation,
  ...(context.causedBy === 'event' && { causationid: context.cause }),
  authtype: context.actor.kind === 'person' ? 'user' : 'service_account',
  authid: context.actor.id,
  ...(context.traceparent !== undefined && { traceparent: context.traceparent }),
})
