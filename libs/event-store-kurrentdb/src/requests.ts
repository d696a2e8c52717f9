import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams, { type AppendReq, type ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { StreamName } from '@muster/contracts'
import type { Filter, NewEvent, Revision, Write } from '@muster/event-store'
import type { Metadata } from './stored.ts'

/* What is asked of the server, as its protocol says it. */

/** A place in the whole log. Of an event both numbers are the same; of a checkpoint they need not be. */
export interface Place {
  readonly commit: string
  readonly prepare: string
}

/** At least one event, and the event after which it stands. */
export function appendRequests(
  { stream, expected, events }: Write,
  metadataOf: (event: NewEvent, following: number) => Metadata,
): AppendReq[] {
  const options = new streams.AppendReq.Options().setStreamIdentifier(identifierOf(stream))
  if (expected === 'no-stream') options.setNoStream(new shared.Empty())
  else options.setRevision(String(expected))
  return [
    new streams.AppendReq().setOptions(options),
    ...events.map((event, index) => {
      const message = new streams.AppendReq.ProposedMessage()
        .setId(new shared.UUID().setString(event.id))
        .setData(Buffer.from(event.data))
        .setCustomMetadata(Buffer.from(JSON.stringify(metadataOf(event, events.length - 1 - index))))
      message.getMetadataMap().set('type', event.type).set('content-type', 'application/json')
      return new streams.AppendReq().setProposedMessage(message)
    }),
  ]
}

export interface StreamRange {
  readonly from: Revision
  readonly backwards?: boolean
  readonly count?: number
}

export function streamRequest(stream: StreamName, { from, backwards = false, count }: StreamRange): ReadReq {
  const options = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifierOf(stream)).setRevision(String(from))
  return read(new streams.ReadReq.Options().setStream(options).setNoFilter(new shared.Empty()), backwards, count)
}

/** From the place on, itself included, or from the end backwards. */
export function pageRequest(from: Place | 'end', filter: Filter, count: number): ReadReq {
  return read(allFrom(from, filter), from === 'end', count)
}

/** All behind the place, then what comes. */
export function subscriptionRequest(after: Place, filter: Filter): ReadReq {
  const options = allFrom(after, filter).setSubscription(new streams.ReadReq.Options.SubscriptionOptions())
  return new streams.ReadReq().setOptions(withIds(options))
}

function read(options: ReadReq.Options, backwards: boolean, count: number | undefined): ReadReq {
  options.setReadDirection(backwards ? 1 : 0).setCount(String(count ?? Number.MAX_SAFE_INTEGER))
  return new streams.ReadReq().setOptions(withIds(options))
}

const withIds = (options: ReadReq.Options): ReadReq.Options =>
  options.setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))

function allFrom(from: Place | 'end', filter: Filter): ReadReq.Options {
  const all = new streams.ReadReq.Options.AllOptions()
  if (from === 'end') all.setEnd(new shared.Empty())
  else if (from.commit === '0') all.setStart(new shared.Empty())
  else all.setPosition(new streams.ReadReq.Options.Position().setCommitPosition(from.commit).setPreparePosition(from.prepare))
  return new streams.ReadReq.Options().setAll(all).setFilter(filterOf(filter))
}

/** How many events the server looks at before it says how far it has come, when none of them is wanted. */
const searchWindow = 1_000

/**
 * The server knows one condition: so categories are its part, and `except` is ours. Without categories, all but the streams of the system,
 * whose names begin with `$`.
 */
function filterOf({ categories }: Filter): ReadReq.Options.FilterOptions {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression()
  if (categories === undefined) expression.setRegex('^[^$]')
  else expression.setPrefixList(categories.map(category => `${category}-`))
  return new streams.ReadReq.Options.FilterOptions().setStreamIdentifier(expression).setMax(searchWindow).setCheckpointintervalmultiplier(1)
}

const identifierOf = (stream: StreamName) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream))
