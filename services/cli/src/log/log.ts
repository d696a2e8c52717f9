import type { LogEntry, LogPosition, Page } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import type { Wanted } from './follow.ts'

/** What was asked for, and where it ends: a position or an instant. */
export interface WantedUntil extends Wanted {
  readonly until?: string
}

/** Events behind a position, in order, page by page, at most so many. */
export async function* readLog(
  client: Client,
  from: number,
  wanted: WantedUntil,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<LogEntry, void> {
  let left = most
  for (let position: number | undefined = from; position !== undefined && left > 0;) {
    const limit = Math.min(left, 1_000)
    const { body }: { readonly body: Page<LogEntry> } = await client.get<Page<LogEntry>>('/v1/log', { from: position, limit, ...wanted })
    yield* body.items
    left -= body.items.length
    position = body.next === undefined ? undefined : Number(body.next)
  }
}

/** Where the log stood at an instant, or stands now. */
export const positionAt = async (client: Client, at?: string): Promise<number> =>
  (await client.get<LogPosition>('/v1/log/position', { at })).body.position

const betweenLooks = 1_000

/**
 * Events behind a position and those that are recorded later, until the person has had enough; `pause` wherever there is nothing more for now.
 * Whoever takes them is waited for, so that nothing piles up here. A server that cannot be reached is asked again.
 */
export async function* growing(
  client: Client,
  { sleep, tell, interrupted }: Pick<Terminal, 'sleep' | 'tell' | 'interrupted'>,
  from: number,
  wanted: Wanted,
): AsyncGenerator<LogEntry | 'pause', void> {
  let position = from
  let lost = false
  while (!interrupted.aborted) {
    try {
      const head = await positionAt(client)
      if (head > position)
        for await (const entry of readLog(client, position, { ...wanted, until: String(head) })) {
          yield entry
          position = entry.position
        }
      position = Math.max(position, head)
      lost = false
    } catch (error) {
      if (!(error instanceof Failure) || error.exitCode !== exit.unreachable) throw error
      if (!lost) tell(`${error.message}; trying again`)
      lost = true
    }
    yield 'pause'
    await sleep(betweenLooks)
  }
}
