import type { LogEntry, Page } from '@muster/contracts'
import type { Client } from '../client.ts'
import type { Wanted } from './follow.ts'

/** Events behind a position, in order, page by page, at most so many. */
export async function* readLog(client: Client, from: number, wanted: Wanted, most = Number.POSITIVE_INFINITY): AsyncGenerator<LogEntry> {
  let left = most
  for (let position: number | undefined = from; position !== undefined && left > 0;) {
    const limit = Math.min(left, 1_000)
    const { body }: { readonly body: Page<LogEntry> } = await client.get<Page<LogEntry>>('/v1/log', { from: position, limit, ...wanted })
    yield* body.items
    left -= body.items.length
    position = body.next === undefined ? undefined : Number(body.next)
  }
}

/** The newest position, found by asking what is behind others: positions have no gaps. */
export async function newestPosition(client: Client): Promise<number> {
  const isBehind = async (position: number): Promise<boolean> => {
    const { body } = await client.get<Page<LogEntry>>('/v1/log', { from: position, limit: 1 })
    return body.items.length > 0
  }
  let above = 1_000
  while (await isBehind(above)) above *= 8
  let below = 0
  while (below < above) {
    const middle = Math.floor((below + above) / 2)
    if (await isBehind(middle)) below = middle + 1
    else above = middle
  }
  return below
}
