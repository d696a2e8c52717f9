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

export function intArray(numbers: readonly number[]): Buffer {
  const array = begin(int4, numbers.length, 4 * numbers.length)
  let at = head
  for (const each of numbers) {
    at = array.writeInt32BE(4, at)
    at = array.writeInt32BE(each, at)
  }
  return array
}

/** In any of the forms that have 32 hex digits and hyphens between. */
export function uuidArray(uuids: readonly string[]): Buffer {
  const array = begin(uuid, uuids.length, 16 * uuids.length)
  let at = head
  for (const each of uuids) {
    at = array.writeInt32BE(16, at)
    if (array.write(each.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new RangeError(`"${each}" is not a UUID`)
    at += 16
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
