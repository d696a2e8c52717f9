import type { EventReceipt } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { batchesOf } from './batches.ts'
import type { SentEvent } from './events.ts'

/* Sending events, batch after batch, in their order. It stops at the first batch that is not taken: what follows may depend on it. */

export interface Published {
  readonly receipts: readonly (EventReceipt & { readonly at: string })[]
  /** Of the newest event that is there now. */
  readonly position: number
  /** Events that were not sent, since an earlier batch was refused. */
  readonly unsent: number
}

export async function publish(
  client: Client,
  events: readonly SentEvent[],
  progress: (sent: number, all: number) => void = () => undefined,
): Promise<Published> {
  const receipts: (EventReceipt & { at: string })[] = []
  let position = 0
  for (const batch of batchesOf(events)) {
    const { body } = await client.post<unknown>('/v1/events', `[${batch.map(({ text }) => text).join(',')}]`, {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      accept: [400, 409, 413],
      timeoutMs: 120_000,
    })
    receipts.push(...receiptsIn(body).map((receipt, index) => ({ at: batch[index]?.at ?? '', ...receipt })))
    position = Math.max(position, ...receipts.map(receipt => receipt.position ?? 0))
    if (receipts.some(({ outcome }) => outcome === 'refused')) break
    progress(receipts.length, events.length)
  }
  return { receipts, position, unsent: events.length - receipts.length }
}

/** A batch is answered by receipts; a body that cannot be read at all is answered by a problem. */
function receiptsIn(body: unknown): readonly EventReceipt[] {
  if (Array.isArray(body)) return body as EventReceipt[]
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : 'the server did not say why'
  throw new Failure(`the batch was not taken: ${detail}`, exit.no)
}

/** What is wrong and where, once: a message may say the field itself. */
export function messageAt({ message, pointer = '' }: { readonly message: string; readonly pointer?: string | undefined }): string {
  return pointer === '' || message.startsWith(`${pointer}: `) ? message : `${pointer}: ${message}`
}
