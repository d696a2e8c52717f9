import type { Message } from '@muster/bus'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'

/** A broker takes about 1 MiB for one partition at once (`message.max.bytes`), and all of a chunk may go to one. */
const LARGEST_CHUNK = 768 * 1024
/** What a record has around its key, value and headers; generous. */
const AROUND = 64

/** The same messages in the same order, in pieces that a broker takes. A message that is too large on its own is a piece of its own. */
export function* chunksOf(messages: NonEmpty<Message>, largest = LARGEST_CHUNK): Generator<NonEmpty<Message>> {
  let chunk: Message[] = []
  let size = 0
  for (const message of messages) {
    const more = sizeOf(message)
    if (size + more > largest && isNonEmpty(chunk)) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(message)
    size += more
  }
  if (isNonEmpty(chunk)) yield chunk
}

function sizeOf({ key, value, headers }: Message): number {
  const ofHeaders = Object.entries(headers).reduce((sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text) + 10, 0)
  return AROUND + Buffer.byteLength(key ?? '') + (value?.byteLength ?? 0) + ofHeaders
}
