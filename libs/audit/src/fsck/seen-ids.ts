export interface SeenIds {
  /** Whether it is new. @throws RangeError for a text that is no UUID */
  add(id: string): boolean
  has(id: string): boolean
}

/**
 * Which UUIDs were seen, exactly, in 32 to 64 bytes each: a set of their texts would take five times as much, and a log has millions. An open
 * hash table over the four words of each id. UUIDs are random or hashes, so their words spread by themselves.
 */
export function seenIds(): SeenIds {
  let table = new Uint32Array(4 * 1_024)
  let size = 0
  let zeroSeen = false

  /** Where it stands, or the free place where it would; a place that is free has four zeros. */
  function placeOf(words: Words, within: Uint32Array): number {
    const places = within.length / 4
    for (let place = ((words[0] ^ words[3]) >>> 0) & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * 4
      if (isFree(within, at) || words.every((word, index) => within[at + index] === word)) return at
    }
  }

  function grow(): void {
    const larger = new Uint32Array(table.length * 2)
    for (let at = 0; at < table.length; at += 4)
      if (!isFree(table, at)) larger.set(table.subarray(at, at + 4), placeOf(wordsAt(table, at), larger))
    table = larger
  }

  return {
    add(id: string): boolean {
      const words = wordsOf(id)
      if (words.every(word => word === 0)) return zeroSeen ? false : (zeroSeen = true)
      const at = placeOf(words, table)
      if (!isFree(table, at)) return false
      table.set(words, at)
      size += 1
      if (size * 8 > table.length) grow()
      return true
    },
    has(id: string): boolean {
      const words = wordsOf(id)
      return words.every(word => word === 0) ? zeroSeen : !isFree(table, placeOf(words, table))
    },
  }
}

type Words = readonly [number, number, number, number]

const isFree = (table: Uint32Array, at: number): boolean =>
  table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0

const wordsAt = (table: Uint32Array, at: number): Words => [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0, table[at + 3] ?? 0]

function wordsOf(id: string): Words {
  const hex = id.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`"${id}" is no UUID`)
  const word = (index: number): number => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16)
  return [word(0), word(1), word(2), word(3)]
}
