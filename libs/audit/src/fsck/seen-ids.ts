export interface SeenIds {
  /** Whether it is new. @throws RangeError for a text that is no UUID, or for a place that does not fit into 32 bits */
  add(id: string, place?: number): boolean
  has(id: string): boolean
  /** What was said when it was added. */
  placeOf(id: string): number | undefined
}

/**
 * Which UUIDs were seen, exactly and where, in 25 to 31 bytes each: a set of their texts would take five times as much, and a log has millions. Open hash
 * tables over the four words of each id: many small ones that grow one after the other, so that never much is there twice.
 */
export function seenIds(): SeenIds {
  const shards = Array.from({ length: shardCount }, newShard)
  const words = new Uint32Array(idWords)
  let zeroAt: number | undefined

  /** Reads the id, and finds its shard, or nothing for the id of zeros: a slot with four zeros is free. */
  function shardOf(id: string): Shard | undefined {
    readWords(id, words)
    return isFree(words, 0) ? undefined : shards[hash(words, 0) % shardCount]
  }
  /** Where the id stands in the shard, if it does. */
  function slotOf(shard: Shard): number | undefined {
    const at = slotFor(shard.table, words, 0)
    return isFree(shard.table, at) ? undefined : at
  }

  return {
    add(id, place = 0) {
      if (place !== place >>> 0) throw new RangeError(`a place does not go up to ${place}`)
      const shard = shardOf(id)
      if (shard === undefined) {
        const isNew = zeroAt === undefined
        zeroAt ??= place
        return isNew
      }
      const at = slotFor(shard.table, words, 0)
      if (!isFree(shard.table, at)) return false
      shard.table.set(words, at)
      shard.table[at + idWords] = place
      shard.size += 1
      if (shard.size * slotWords > shard.table.length * fullest) shard.table = larger(shard.table)
      return true
    },
    has(id) {
      const shard = shardOf(id)
      return shard === undefined ? zeroAt !== undefined : slotOf(shard) !== undefined
    },
    placeOf(id) {
      const shard = shardOf(id)
      if (shard === undefined) return zeroAt
      const at = slotOf(shard)
      return at === undefined ? undefined : shard.table[at + idWords]
    },
  }
}

/** Slots of four words of an id and its place. */
interface Shard {
  table: Uint32Array
  size: number
}

const shardCount = 64
const idWords = 4
const slotWords = idWords + 1
const fullest = 0.8

const growth = 1.25

/** Each of another size, or all would grow at once, since ids fill them evenly. */
const newShard = (_: unknown, nth: number): Shard => ({
  table: new Uint32Array(Math.ceil(64 * growth ** (nth / shardCount)) * slotWords),
  size: 0,
})

function larger(table: Uint32Array): Uint32Array {
  const to = new Uint32Array(Math.ceil((table.length / slotWords) * growth) * slotWords)
  for (let at = 0; at < table.length; at += slotWords)
    if (!isFree(table, at)) to.set(table.subarray(at, at + slotWords), slotFor(to, table, at))
  return to
}

/** Where the id whose words begin there stands in the table, or the free slot where it would. */
function slotFor(table: Uint32Array, from: Uint32Array, begin: number): number {
  const slots = table.length / slotWords
  // The bits that did not choose the shard.
  for (let slot = Math.floor((Math.floor(hash(from, begin) / shardCount) * slots) / (2 ** 32 / shardCount)); ; slot = (slot + 1) % slots) {
    const at = slot * slotWords
    if (isFree(table, at) || isSame(table, at, from, begin)) return at
  }
}

const isFree = (table: Uint32Array, at: number): boolean =>
  table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0

const isSame = (table: Uint32Array, at: number, other: Uint32Array, begin: number): boolean =>
  table[at] === other[begin] &&
  table[at + 1] === other[begin + 1] &&
  table[at + 2] === other[begin + 2] &&
  table[at + 3] === other[begin + 3]

/** Nobody can choose ids that all want one slot. What was seen does not depend on it. */
const factors = Array.from({ length: idWords }, () => Math.floor(Math.random() * 2 ** 32) | 1)

function hash(words: Uint32Array, begin: number): number {
  let value = 0
  for (let word = 0; word < idWords; word += 1) value = Math.imul(value ^ (words[begin + word] ?? 0), factors[word] ?? 1) ^ (value >>> 15)
  value = Math.imul(value ^ (value >>> 16), 0x2c1b3c6d)
  return (value ^ (value >>> 15)) >>> 0
}

const hyphen = 0x2d

/** @throws RangeError for a text that is no UUID */
function readWords(id: string, words: Uint32Array): void {
  let [digits, word] = [0, 0]
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at)
    if (code === hyphen) continue
    const digit = digitOf(code)
    if (digit < 0 || digits === 32) throw new RangeError(`"${id}" is no UUID`)
    word = (word << 4) | digit
    digits += 1
    if (digits % 8 === 0) words[digits / 8 - 1] = word
  }
  if (digits !== 32) throw new RangeError(`"${id}" is no UUID`)
}

/** Of a hexadecimal digit, of either case; -1 for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1
}
