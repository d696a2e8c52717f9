/*
 * Lists as PostgreSQL reads them in binary: nothing is escaped here and parsed there, which for long texts costs more than to store them.
 *
 * One dimension, no nulls: dimensions, whether there are nulls, the type of the elements; length and lower bound; then each element behind its
 * length. All numbers are of 32 bits, the higher byte first (`array_recv` of PostgreSQL).
 */

const [text, int4, uuid] = [25, 23, 2950]
const head = 20

/** @throws RangeError when all of it does not fit into one value of PostgreSQL, 1 GB. */
export function textArray(texts: readonly string[]): Buffer {
  const lengths = texts.map(each => Buffer.byteLength(each))
  const array = begin(
    text,
    texts.length,
    lengths.reduce((sum, length) => sum + length, 0),
  )
  let at = head
  for (const [place, each] of texts.entries()) {
    at = array.writeInt32BE(lengths[place] as number, at)
    at += array.write(each, at)
  }
  return array
}

export const intArray = (numbers: readonly number[]): Buffer =>
  arrayOf(int4, 4, numbers, (array, each, at) => {
    array.writeInt32BE(each, at)
  })

/** In any of the forms that have 32 hex digits and hyphens between. */
export const uuidArray = (uuids: readonly string[]): Buffer =>
  arrayOf(uuid, 16, uuids, (array, each, at) => {
    if (array.write(each.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new RangeError(`"${each}" is not a UUID`)
  })

/** Of elements that all have this length. */
function arrayOf<Item>(
  type: number,
  length: number,
  items: readonly Item[],
  write: (array: Buffer, item: Item, at: number) => void,
): Buffer {
  const array = begin(type, items.length, length * items.length)
  let at = head
  for (const item of items) {
    write(array, item, array.writeInt32BE(length, at))
    at += 4 + length
  }
  return array
}

function begin(type: number, count: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(head + 4 * count + bytes)
  let at = array.writeInt32BE(count === 0 ? 0 : 1, 0)
  at = array.writeInt32BE(0, at)
  at = array.writeInt32BE(type, at)
  if (count === 0) return array.subarray(0, at)
  at = array.writeInt32BE(count, at)
  array.writeInt32BE(1, at)
  return array
}
