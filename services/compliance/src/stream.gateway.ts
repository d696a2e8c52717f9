import type { EventStore, RecordedEvent } from '@muster/event-store'
import {
  CALLERS,
  EVENT_STORE,
  LOG_TAIL,
  LOGGER,
  SETTINGS,
  bearerOf,
  type Caller,
  type Callers,
  type LogTail,
  type Settings,
} from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayDisconnect } from '@nestjs/websockets'
import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { logEntry } from './log-entry.ts'
import { listed, wantedOf, type Wanted } from './log-filter.ts'
import { Tickets } from './tickets.ts'

/*
 * The log as a WebSocket stream: `/v1/stream?after=<position>&category=deployment,alert&type=deployment.*&model=<name>&actor=<who>`.
 *
 * Every message is one event, and its `position` is the sequence: a client that comes again with the last one that it saw misses nothing
 * and sees nothing twice. Without `after` it begins with what is new. A client that does not keep up is dropped and comes again from where
 * it stood: nothing is kept for it here.
 */

const mostBuffered = 1024 * 1024
const heartbeat = 20_000
/** Few, for each page of the past is sent as a whole, and the client is waited for behind it. */
const page = 100
/** RFC 6455: 1008 policy violation, 1013 try again later; 4401 is ours for "no token". */
const codes = { unauthorised: 4401, forbidden: 1008, invalid: 1007, slow: 1013 }

interface Client {
  readonly stop: () => void
  answered: boolean
}

@WebSocketGateway({ path: '/v1/stream', maxPayload: 4096 })
export class StreamGateway implements OnGatewayConnection<WebSocket>, OnGatewayDisconnect<WebSocket> {
  private readonly clients = new Map<WebSocket, Client>()

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOG_TAIL) private readonly tail: LogTail,
    @Inject(CALLERS) private readonly callers: Callers,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(Tickets) private readonly tickets: Tickets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const url = new URL(request.url ?? '/', 'ws://localhost')
    if (!this.isAllowedOrigin(request)) return socket.close(codes.forbidden, 'this origin is not allowed')
    const caller = this.callerOf(request, url)
    if (caller === undefined) return socket.close(codes.unauthorised, 'send a token, or a ticket from POST /v1/stream/tickets')
    const wanted = readWanted(url.searchParams)
    if (typeof wanted === 'string') return socket.close(codes.invalid, wanted)
    this.follow(socket, wanted)
  }

  handleDisconnect(socket: WebSocket): void {
    this.clients.get(socket)?.stop()
    this.clients.delete(socket)
  }

  /** Programs send no origin. A page may listen when it comes from the address that people reach this server at. */
  private isAllowedOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined) return true
    const { publicUrl } = this.settings.http
    return origin === `http://${host}` || origin === `https://${host}` || (publicUrl !== undefined && origin === new URL(publicUrl).origin)
  }

  private callerOf({ headers: { authorization } }: IncomingMessage, url: URL): Caller | undefined {
    const token = bearerOf(authorization)
    if (token !== undefined) return this.callers.callerOf(token)
    const ticket = url.searchParams.get('ticket')
    return ticket === null ? undefined : this.tickets.redeem(ticket)
  }

  /**
   * Hears first and reads second: when something was heard while the past was read, the past is read on. Between the last read that missed
   * nothing and the first event that is sent live nothing can happen, for both are one step of this process.
   */
  private follow(socket: WebSocket, { after = this.tail.position(), sought, filter }: Followed): void {
    let live = false
    let missed = false
    let position = after
    const send = (events: readonly RecordedEvent[]): void => {
      for (const event of events) {
        if (event.position <= position) continue
        position = event.position
        if (sought(event)) socket.send(JSON.stringify(logEntry(event)))
      }
      if (socket.bufferedAmount > mostBuffered && live) socket.close(codes.slow, `too slow: come again with after=${position}`)
    }
    const unlisten = this.tail.listen(batch => {
      if (live) send(batch)
      else missed = true
    })
    const client: Client = { answered: true, stop: () => (unlisten(), clearInterval(beat)) }
    const beat = setInterval(() => {
      if (!client.answered) return socket.terminate()
      client.answered = false
      socket.ping()
    }, heartbeat)
    socket.on('pong', () => (client.answered = true))
    this.clients.set(socket, client)

    const readPast = async (): Promise<void> => {
      do {
        missed = false
        let events: readonly RecordedEvent[]
        do {
          events = await this.store.readLog(position === 0 ? 'start' : this.store.cursorAt(position), filter, page)
          send(events)
          await drained(socket)
        } while (events.length === page && socket.readyState === socket.OPEN)
      } while (missed && socket.readyState === socket.OPEN)
      live = true
    }
    readPast().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a stream was ended: the past could not be read')
      socket.close(codes.slow, `the log cannot be read now: come again with after=${position}`)
    })
  }
}

/** Until the client has taken what was sent, or has gone. */
const drained = (socket: WebSocket): Promise<void> =>
  new Promise(resolve => {
    const look = (): void => {
      if (socket.bufferedAmount < mostBuffered / 2 || socket.readyState !== socket.OPEN) return resolve()
      setTimeout(look, 20)
    }
    look()
  })

interface Followed extends Wanted {
  readonly after?: number
}

/** What the query asks for, or what is wrong with it. */
function readWanted(query: URLSearchParams): Followed | string {
  const after = query.get('after')
  if (after !== null && !/^\d{1,15}$/.test(after)) return 'after is a position of the log, such as Muster-Position says'
  try {
    const wanted = wantedOf({
      categories: listed(query.get('category')),
      types: listed(query.get('type')),
      model: query.get('model') ?? undefined,
      actor: query.get('actor') ?? undefined,
    })
    return { ...wanted, ...(after !== null && { after: Number(after) }) }
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}
