/*
 * Names, numbered in the order in which they came, exactly and in the bytes that they have: a log is about hundreds of thousands of streams, and
 * a map of their names takes three times as much. An open hash table of numbers over the names, which stand one behind the other.
 */

export interface NameIndex {
  /** The number of this name, which is new where it was not there. */
  add(name: string): number
  /** Nothing where it was never added. */
  find(name: string): number | undefined
}

const chunkSize = 256 * 1024
const encoder = new TextEncoder()

export function nameIndex(): NameIndex {
  /** One more than the number; 0 is free. */
  let table = new Uint32Array(1_024)
  /** Where each name begins and how long it is, by its number. */
  let begins = new Float64Array(512)
  let lengths = new Uint32Array(512)
  let size = 0
  const chunks: Uint8Array[] = []
  /** How much of the last chunk is taken. */
  let filled = chunkSize
  let written = new Uint8Array(1_024)
  let length = 0

  function write(name: string): void {
    if (name.length * 3 > written.length) written = new Uint8Array(name.length * 3)
    length = encoder.encodeInto(name, written).written
  }

  function isAt(number: number): boolean {
    if (lengths[number] !== length) return false
    const begin = begins[number] ?? 0
    const chunk = chunks[Math.floor(begin / chunkSize)]
    if (chunk === undefined) return false
    for (let at = 0, from = begin % chunkSize; at < length; at += 1) if (chunk[from + at] !== written[at]) return false
    return true
  }

  /** Of the name that is written: where its number stands in the table, or the free place where it would. */
  function slot(): number {
    for (let at = hash(written, 0, length) & (table.length - 1); ; at = (at + 1) & (table.length - 1)) {
      const number = table[at] ?? 0
      if (number === 0 || isAt(number - 1)) return at
    }
  }

  function keep(): void {
    // A name never lies across two chunks; one that is longer than a chunk has one of its own.
    if (filled + length >= chunkSize) {
      chunks.push(new Uint8Array(Math.max(chunkSize, length)))
      filled = 0
    }
    chunks.at(-1)?.set(written.subarray(0, length), filled)
    begins[size] = (chunks.length - 1) * chunkSize + filled
    lengths[size] = length
    filled += length
  }

  function grow(): void {
    begins = grown(begins, new Float64Array(begins.length * 2))
    lengths = grown(lengths, new Uint32Array(lengths.length * 2))
    const larger = new Uint32Array(table.length * 2)
    for (let number = 0; number < size; number += 1) {
      const begin = begins[number] ?? 0
      const chunk = chunks[Math.floor(begin / chunkSize)] ?? new Uint8Array(0)
      let at = hash(chunk, begin % chunkSize, lengths[number] ?? 0) & (larger.length - 1)
      while (larger[at] !== 0) at = (at + 1) & (larger.length - 1)
      larger[at] = number + 1
    }
    table = larger
  }

  return {
    add(name) {
      write(name)
      const at = slot()
      const known = table[at] ?? 0
      if (known !== 0) return known - 1
      keep()
      table[at] = size + 1
      size += 1
      if (size === begins.length) grow()
      return size - 1
    },
    find(name) {
      write(name)
      const known = table[slot()] ?? 0
      return known === 0 ? undefined : known - 1
    },
  }
}

function grown<Numbers extends Float64Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from)
  return to
}

/** Nobody can choose names that all want one place. What a table says does not depend on it. */
const seed = Math.floor(Math.random() * 2 ** 32)

/** FNV-1a: names of one kind differ in their last characters. */
function hash(bytes: Uint8Array, from: number, length: number): number {
  let value = 0x811c9dc5 ^ seed
  for (let at = from; at < from + length; at += 1) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
