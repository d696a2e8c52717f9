import type { StreamName } from '@muster/contracts'
import { StoreUnavailable, type Logger, type Position, type Revision, type Row } from '@muster/event-store'
import { Client, type ClientConfig } from 'pg'
import { insert, movedOn } from './statements.ts'

/*
 * The one connection through which a process appends. A group is sent at once, behind what is under way, and the server takes one after the other:
 * while it works on one the next is on its way to it, and none waits for the head's lock while another of this process holds it.
 *
 * A connection that is lost is made anew by the next append. Whether what was under way stands is not known then: it fails, and is asked about or
 * sent again by its caller.
 */

export interface Writer {
  insert(rows: readonly Row[], now: string): Promise<Position | typeof movedOn>
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** Streams that a connection remembers having written to: some 10 MB. */
const mostRemembered = 50_000

/** One statement, with one good plan: to look for a better one at each small append takes half as long as the append. */
const settings = 'SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off'

interface Connection {
  readonly client: Client
  /** Up to which revision this very connection wrote them: what was committed stays, and need not be looked for again. */
  readonly written: Map<StreamName, Revision>
}

export function writer(config: ClientConfig, logger: Logger): Writer {
  let connection: Promise<Connection> | undefined
  let isClosed = false

  function connected(): Promise<Connection> {
    if (connection !== undefined) return connection
    if (isClosed) return Promise.reject(new StoreUnavailable('the log was closed'))
    const client = new Client({ ...config, pipeline: true } as ClientConfig)
    const opening = open(client)
    const forget = (): void => {
      if (connection === opening) connection = undefined
    }
    client.on('end', forget)
    client.on('error', error => {
      forget()
      logger.debug({ err: error }, 'the connection that appends to the log was lost')
      void discard(client)
    })
    opening.catch(forget)
    connection = opening
    return opening
  }

  return {
    async insert(rows, now) {
      const { client, written } = await connected()
      const base = await insert(client, rows, now, written)
      if (base !== movedOn) remember(written, rows)
      return base
    },
    async close() {
      isClosed = true
      const open = await connection?.catch(() => undefined)
      await open?.client.end()
    },
  }
}

async function open(client: Client): Promise<Connection> {
  await client.connect()
  try {
    await client.query(settings)
  } catch (error) {
    await discard(client)
    throw error
  }
  return { client, written: new Map() }
}

/** Whatever it still says: it is not used again. */
const discard = (client: Client): Promise<void> => client.end().catch(() => undefined)

/** The longest untouched are forgotten first. */
function remember(written: Map<StreamName, Revision>, rows: readonly Row[]): void {
  for (const { stream, revision } of rows) {
    written.delete(stream)
    written.set(stream, revision)
  }
  for (const stream of written.keys()) {
    if (written.size <= mostRemembered) return
    written.delete(stream)
  }
}
