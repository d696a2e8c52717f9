import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { Context, StreamName } from '@muster/contracts'
import type { RecordedEvent } from '@muster/event-store'

/* An event as it lies on the server: content as `data`, to the byte; everything that we say about it as its metadata. */

export interface Metadata {
  readonly context: Context
  readonly recordedtime: string
  /**
   * Which call of which process wrote it. The server answers a repeat of the same ids as if it had written, without a look at their content:
   * by this the writer sees whether it was the one.
   */
  readonly attempt: string
  /** How many events of the same write follow. */
  readonly following: number
  /** So that the server's own tools can follow them. */
  readonly $correlationId: string
  readonly $causationId?: string
}

export interface Stored {
  readonly event: RecordedEvent
  readonly attempt: string
  readonly following: number
}

/** The server has something in its log that is not ours, or not as we need it. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent'

  constructor(stream: string, revision: string, what: string) {
    super(`event ${revision} of stream ${stream} ${what}: the server must be Muster's alone, and of version 22.6 or newer`)
  }
}

/** @throws ForeignEvent */
export function storedEvent({ event: read }: { readonly event: ReadResp.ReadEvent }): Stored {
  const record = read.getEvent()
  if (record === undefined) throw new ForeignEvent('?', '?', 'is a link')
  const stream = Buffer.from(record.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString() as StreamName
  const revision = record.getStreamRevision()
  const position = Number(record.getCommitPosition())
  if (!Number.isSafeInteger(position) || record.getCommitPosition() !== record.getPreparePosition())
    throw new ForeignEvent(stream, revision, 'has no position of its own')
  const { context, recordedtime, attempt, following } = metadataOf(
    Buffer.from(record.getCustomMetadata_asU8()).toString(),
    stream,
    revision,
  )
  return {
    attempt,
    following,
    event: {
      id: record.getId()?.getString() ?? '',
      type: record.getMetadataMap().get('type') ?? '',
      data: Buffer.from(record.getData_asU8()).toString(),
      context,
      stream,
      revision: Number(revision),
      position,
      cursor: String(position),
      recordedtime,
    },
  }
}

function metadataOf(text: string, stream: string, revision: string): Metadata {
  try {
    const parsed = JSON.parse(text) as Partial<Metadata> | null
    if (
      parsed?.context !== undefined &&
      parsed.recordedtime !== undefined &&
      parsed.attempt !== undefined &&
      parsed.following !== undefined
    )
      return parsed as Metadata
  } catch {
    // Said below, in a sentence that helps.
  }
  throw new ForeignEvent(stream, revision, 'was not written by Muster')
}
