import grpc, { type ServerReadableStream, type ServerWritableStream, type UntypedHandleCall, type sendUnaryData } from '@grpc/grpc-js'
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_pb.js'
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossip from '@eventstore/db-client/generated/gossip_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streams, { type AppendReq, type AppendResp, type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { frontOf, type Front } from './front.ts'
import { InvalidPosition, makeServerLog, type Expected, type Proposed, type ServerLog, type ServerRecord } from './server-log.ts'

/*
 * A server that speaks the protocol of EventStoreDB and KurrentDB, in this process, for tests: append, read, subscribe, features, gossip.
 *
 * What it does was read in the server's source (24.10); what it does not do is listed in docs/adr/0014. Log and limits are its own, so that
 * a test sees what a server would hold; connections pass a front, at which they are cut.
 */

export interface DoubleSettings {
  readonly now?: () => number
  readonly version?: string
  /** Bytes that one append may have; the server's own default is 1 MiB. */
  readonly maxAppendSize?: number
  /** Events that a subscription looks at before it tells how far it has come is the client's to say; the server reads so many at once. */
  readonly pageSize?: number
}

export interface Double {
  readonly url: string
  readonly log: ServerLog
  readonly front: Front
  /** What happens to the next append: the connection goes before it is written, or before it is answered. */
  cutNextAppend(when: 'before' | 'after'): void
  /** The connection goes with the nth event from now that a subscription is sent. */
  cutAfterSent(events: number): void
  /** Events that subscriptions were sent. */
  sent(): number
  /** Requests of each kind so far. */
  readonly requests: { append: number; read: number; subscribe: number }
  close(): Promise<void>
}

export async function kurrentdbDouble(settings: DoubleSettings = {}): Promise<Double> {
  const { version = '24.10.0', maxAppendSize = 1024 * 1024, pageSize = 32 } = settings
  const log = makeServerLog(settings.now)
  const requests = { append: 0, read: 0, subscribe: 0 }
  let cutAppend: 'before' | 'after' | undefined
  let cutIn = Infinity
  let sent = 0

  async function append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): Promise<void> {
    requests.append += 1
    let options: AppendReq.Options | undefined
    let size = 0
    const events: Proposed[] = []
    for await (const request of call as AsyncIterable<AppendReq>) {
      options ??= request.getOptions()
      const message = request.getProposedMessage()
      if (message === undefined) continue
      const event = proposed(message)
      size += event.data.length + event.metadata.length + 2 * event.type.length
      if (size > maxAppendSize) {
        const limit = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(maxAppendSize) }
        return answer(failure(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendSize} Exceeded.`, limit))
      }
      events.push(event)
    }
    if (call.cancelled || options === undefined) return
    const when = cutAppend
    cutAppend = undefined
    if (when === 'before') return front.cut()
    const stream = nameOf(options.getStreamIdentifier())
    const expected = expectedOf(options)
    const result = log.append(stream, expected, events)
    if (when === 'after') return front.cut()
    answer(null, responseOf(result, expected))
  }

  async function read(call: ServerWritableStream<ReadReq, ReadResp>): Promise<void> {
    const options = call.request.getOptions()
    if (options === undefined) return void call.emit('error', failure(grpc.status.INVALID_ARGUMENT, 'no options'))
    try {
      if (options.hasSubscription()) {
        requests.subscribe += 1
        await sendSubscription(call, options)
      } else {
        requests.read += 1
        await sendPage(call, options)
        call.end()
      }
    } catch (error) {
      call.emit('error', error)
    }
  }

  async function sendPage(call: ServerWritableStream<ReadReq, ReadResp>, options: ReadReq.Options): Promise<void> {
    const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS
    const count = Number(options.getCount())
    const named = options.getStream()
    if (named !== undefined) {
      const held = log.stream(nameOf(named.getStreamIdentifier()))
      if (held.length === 0) {
        const missing = new streams.ReadResp.StreamNotFound()
        const identifier = named.getStreamIdentifier()
        if (identifier !== undefined) missing.setStreamIdentifier(identifier)
        return await send(call, new streams.ReadResp().setStreamNotFound(missing))
      }
      const from = named.hasStart() ? 0 : named.hasEnd() ? held.length - 1 : Number(named.getRevision())
      const found = backwards ? held.slice(0, from + 1).toReversed() : held.slice(from)
      for (const record of found.slice(0, count)) await send(call, eventOf(record))
      return
    }
    const wanted = filterOf(options)
    const all = options.getAll()
    const place = all?.getPosition()
    let found: readonly ServerRecord[]
    try {
      if (backwards) found = log.backwards()
      else found = log.forwards(Number(place?.getCommitPosition() ?? 0), Number(place?.getPreparePosition() ?? 0))
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error
      throw failure(grpc.status.UNKNOWN, 'Unexpected FilteredReadAllResult: InvalidPosition')
    }
    let left = count
    for (const record of found) {
      if (left === 0) return
      if (!wanted(record)) continue
      left -= 1
      await send(call, eventOf(record))
    }
  }

  async function sendSubscription(call: ServerWritableStream<ReadReq, ReadResp>, options: ReadReq.Options): Promise<void> {
    const ending = new AbortController()
    call.on('cancelled', () => ending.abort())
    call.on('close', () => ending.abort())
    const wanted = filterOf(options)
    const interval = (options.getFilter()?.getMax() ?? pageSize) * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1)
    const place = options.getAll()?.getPosition()
    const start = { commit: Number(place?.getCommitPosition() ?? -1), prepare: Number(place?.getPreparePosition() ?? -1) }
    // Behind the last event that was sent or looked at.
    let next = { commit: Math.max(0, start.commit), prepare: start.commit < 0 ? 0 : start.prepare + 1 }
    let considered = 0
    let isLive = false
    const checkpoint = async (): Promise<void> => {
      considered = 0
      const { commit, prepare } = next
      const reached = new streams.ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare))
      await send(call, new streams.ReadResp().setCheckpoint(reached))
    }
    await send(call, new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('1')))
    while (!ending.signal.aborted) {
      const appended = log.appended(ending.signal)
      const page = forwards(next.commit, next.prepare).slice(0, pageSize)
      for (const record of page) {
        if (ending.signal.aborted) return
        if (wanted(record)) {
          sent += 1
          if (sent >= cutIn) {
            cutIn = Infinity
            return front.cut()
          }
          await send(call, eventOf(record))
        }
        considered += 1
        // As the server has it: the end of the record, and no event of its own.
        next = { commit: record.end, prepare: 0 }
        if (considered >= interval) await checkpoint()
      }
      if (page.length > 0) continue
      if (!isLive) {
        isLive = true
        await checkpoint()
        await send(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()))
      }
      await appended
    }
  }

  function forwards(commit: number, prepare: number): readonly ServerRecord[] {
    try {
      return log.forwards(commit, prepare)
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error
      throw failure(grpc.status.INVALID_ARGUMENT, 'Trying to read from an invalid position.')
    }
  }

  const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 })
  const streamsCalls: Record<string, UntypedHandleCall> = {
    append: ((call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
      // A request that is cut off is an end like any other.
      append(call, answer).catch(() => undefined)
    }) as UntypedHandleCall,
    read: ((call: ServerWritableStream<ReadReq, ReadResp>) => void read(call)) as UntypedHandleCall,
  }
  server.addService(streamsService.StreamsService, streamsCalls)
  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: ((_: unknown, answer: sendUnaryData<unknown>) =>
      answer(null, new features.SupportedMethods().setEventStoreServerVersion(version))) as UntypedHandleCall,
  })
  server.addService(gossipService.GossipService, {
    read: ((_: unknown, answer: sendUnaryData<unknown>) => answer(null, members(front.port))) as UntypedHandleCall,
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  const front = await frontOf(port)

  return {
    url: `esdb://127.0.0.1:${front.port}?tls=false`,
    log,
    front,
    requests,
    cutNextAppend(when) {
      cutAppend = when
    },
    cutAfterSent(events) {
      cutIn = sent + events
    },
    sent: () => sent,
    async close() {
      await front.close()
      server.forceShutdown()
    },
  }
}

/** As fast as the other side takes it. */
async function send(call: ServerWritableStream<ReadReq, ReadResp>, response: ReadResp): Promise<void> {
  if (call.cancelled || call.write(response)) return
  await new Promise<void>(resolve => {
    const events = ['drain', 'cancelled', 'close'] as const
    const done = (): void => {
      for (const event of events) call.off(event, done)
      resolve()
    }
    for (const event of events) call.on(event, done)
  })
}

function failure(code: grpc.status, details: string, metadata: Readonly<Record<string, string>> = {}): grpc.ServiceError {
  const trailers = new grpc.Metadata()
  for (const [key, value] of Object.entries(metadata)) trailers.set(key, value)
  return Object.assign(new Error(details), { code, details, metadata: trailers })
}

const nameOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString()

function proposed(message: AppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap()
  return {
    id: (message.getId()?.getString() ?? '').toLowerCase(),
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no-stream'
  if (options.hasAny()) return 'any'
  if (options.hasStreamExists()) return 'stream-exists'
  return Number(options.getRevision())
}

function responseOf(result: ReturnType<ServerLog['append']>, expected: Expected): AppendResp {
  if (result.kind === 'success') {
    const place = String(result.position)
    const position = new streams.AppendResp.Position().setCommitPosition(place).setPreparePosition(place)
    return new streams.AppendResp().setSuccess(
      new streams.AppendResp.Success().setCurrentRevision(String(result.revision)).setPosition(position),
    )
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (result.current === 'no-stream') wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(result.current))
  if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty())
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty())
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new shared.Empty())
  else wrong.setExpectedRevision(String(expected))
  return new streams.AppendResp().setWrongExpectedVersion(wrong)
}

function eventOf(record: ServerRecord): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(record.stream)))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  recorded.getMetadataMap().set('type', record.type).set('content-type', record.contentType).set('created', record.created)
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position)))
}

function filterOf(options: ReadReq.Options): (record: ServerRecord) => boolean {
  const filter = options.getFilter()
  if (filter === undefined) return () => true
  const onStream = filter.getStreamIdentifier()
  const expression = onStream ?? filter.getEventType()
  const subject = (record: ServerRecord): string => (onStream === undefined ? record.type : record.stream)
  const pattern = expression?.getRegex() ?? ''
  if (pattern !== '') {
    const regex = new RegExp(pattern)
    return record => regex.test(subject(record))
  }
  const prefixes = expression?.getPrefixList() ?? []
  return record => prefixes.some(prefix => subject(record).startsWith(prefix))
}

/** A cluster of one, whose leader is behind this port. */
function members(port: number) {
  const leader = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString('6c2c6d0a-5f0b-4a43-9f0c-2f4f0e9a8f11'))
    .setTimeStamp('0')
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port))
  return new gossip.ClusterInfo().setMembersList([leader])
}
