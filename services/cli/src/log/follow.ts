import type { LogEntry } from '@muster/contracts'
import WebSocket from 'ws'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

/*
 * The log as it grows. After a lost connection it goes on behind the last event that it saw, so that nothing is missed or shown twice; for
 * that it knows from the start where it stands.
 */

export interface Wanted {
  readonly category?: string
  readonly type?: string
  readonly model?: string
  readonly actor?: string
}

const codes = { unauthorised: 4401, forbidden: 1008, invalid: 1007 }
const pauses = [250, 500, 1_000, 2_000, 5_000]

export async function follow(
  client: Client,
  { tell, sleep, interrupted }: Pick<Terminal, 'tell' | 'sleep' | 'interrupted'>,
  from: number,
  wanted: Wanted,
  onEntry: (entry: LogEntry) => void,
): Promise<void> {
  let position = from
  let failures = 0
  let known = false
  while (!interrupted.aborted) {
    const end = await listen(client, position, wanted, interrupted, {
      opened: () => {
        if (failures > 0) tell(`connected again, behind position ${position}`)
        failures = 0
        known = true
      },
      heard: entry => {
        position = entry.position
        onEntry(entry)
      },
    })
    if (interrupted.aborted) return
    if (end.code === codes.unauthorised || end.code === codes.forbidden) throw new Failure(end.reason, exit.notAuthorised)
    if (end.code === codes.invalid) throw usage(end.reason)
    if (!known)
      throw new Failure(`${client.url} cannot be reached (${end.reason}): is Muster running there? --url names another`, exit.unreachable)
    if (failures === 0) tell(`the connection was lost (${end.reason}); trying again`)
    await sleep(pauses[Math.min(failures, pauses.length - 1)] ?? 0)
    failures += 1
  }
}

interface End {
  readonly code: number
  readonly reason: string
}

interface Heard {
  opened(): void
  heard(entry: LogEntry): void
}

/** One connection, until it ends. */
const listen = ({ url, token }: Client, after: number, wanted: Wanted, interrupted: AbortSignal, { opened, heard }: Heard): Promise<End> =>
  new Promise(resolve => {
    const query = new URLSearchParams({ after: String(after), ...wanted })
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/stream?${query.toString()}`, { headers, handshakeTimeout: 10_000 })
    let failure = ''
    // A server that is gone without a word: it pings every 20 seconds.
    let silence: NodeJS.Timeout | undefined
    const awake = (): void => {
      clearTimeout(silence)
      silence = setTimeout(() => socket.terminate(), 60_000)
    }
    const leave = (): void => socket.terminate()
    interrupted.addEventListener('abort', leave)
    socket.on('open', awake)
    socket.on('ping', awake)
    // A refusal comes as an opening that is closed at once: it is accepted when something came, or nothing happened for a moment.
    let accepted = false
    const accept = (): void => {
      if (!accepted) opened()
      accepted = true
    }
    socket.once('open', () => setTimeout(() => socket.readyState === socket.OPEN && accept(), 200))
    socket.on('message', data => {
      awake()
      accept()
      // oxlint-disable-next-line typescript/no-base-to-string -- ws gives a Buffer, whose text is the message
      heard(JSON.parse(String(data)) as LogEntry)
    })
    socket.on('error', error => (failure = 'code' in error ? String(error.code) : error.message))
    socket.on('close', (code, reason) => {
      clearTimeout(silence)
      interrupted.removeEventListener('abort', leave)
      resolve({ code, reason: reason.toString('utf8') || failure || `code ${code}` })
    })
  })
