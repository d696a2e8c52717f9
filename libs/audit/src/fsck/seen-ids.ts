export interface SeenIds {
  /** Whether it is new. @throws RangeError for a text that is no UUID, or for a place that does not fit into 32 bits */
  add(id: string, place?: number): boolean
  has(id: string): boolean
  /** What was said when it was added. */
  placeOf(id: string): number | undefined
}

/**
 * Which UUIDs were seen, exactly and where, in 40 to 80 bytes each: a set of their texts would take five times as much, and a log has millions. An open
 * hash table over the four words of each id. UUIDs are random or hashes, so their words spread by themselves.
 */
export function seenIds(): SeenIds {
  let table = new Uint32Array(4 * 1_024)
  let size = 0
  let places = new Uint32Array(1_024)
  let zeroAt: number | undefined

  /** Where it stands in the table, or the free place where it would; a place that is free has four zeros. */
  function slotOf(words: Words, within: Uint32Array): number {
    const slots = within.length / 4
    for (let slot = ((words[0] ^ words[3]) >>> 0) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const at = slot * 4
      if (isFree(within, at) || words.every((word, index) => within[at + index] === word)) return at
    }
  }

  function grow(): void {
    const larger = new Uint32Array(table.length * 2)
    const moved = new Uint32Array(places.length * 2)
    for (let at = 0; at < table.length; at += 4) {
      if (isFree(table, at)) continue
      const to = slotOf(wordsAt(table, at), larger)
      larger.set(table.subarray(at, at + 4), to)
      moved[to / 4] = places[at / 4] ?? 0
    }
    table = larger
    places = moved
  }

  return {
    add(id, place = 0) {
      if (place !== place >>> 0) throw new RangeError(`a place does not go up to ${place}`)
      const words = wordsOf(id)
      if (isZero(words)) {
        const isNew = zeroAt === undefined
        zeroAt ??= place
        return isNew
      }
      const at = slotOf(words, table)
      if (!isFree(table, at)) return false
      table.set(words, at)
      places[at / 4] = place
      size += 1
      if (size * 8 > table.length) grow()
      return true
    },
    has(id) {
      const words = wordsOf(id)
      return isZero(words) ? zeroAt !== undefined : !isFree(table, slotOf(words, table))
    },
    placeOf(id) {
      const words = wordsOf(id)
      if (isZero(words)) return zeroAt
      const at = slotOf(words, table)
      return isFree(table, at) ? undefined : places[at / 4]
    },
  }
}

type Words = readonly [number, number, number, number]

const isZero = (words: Words): boolean => words.every(word => word === 0)

const isFree = (table: Uint32Array, at: number): boolean =>
  table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0

const wordsAt = (table: Uint32Array, at: number): Words => [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0, table[at + 3] ?? 0]

function wordsOf(id: string): Words {
  const hex = id.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`"${id}" is no UUID`)
  const word = (index: number): number => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16)
  return [word(0), word(1), word(2), word(3)]
}
