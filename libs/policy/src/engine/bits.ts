/* Numbers of a few bits each, one behind the other, the highest bit first. */

export interface BitWriter {
  /** The lowest `width` bits of the value, at most 32. */
  readonly write: (value: number, width: number) => void
  /** Filled up with zeros to a whole byte. */
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

export function bitWriter(): BitWriter {
  const done: number[] = []
  let open = 0
  let width = 0
  return {
    write(value, bits) {
      for (let at = bits - 1; at >= 0; at--) {
        open = (open << 1) | ((value >>> at) & 1)
        if (++width < 8) continue
        done.push(open)
        open = width = 0
      }
    },
    bytes: () => Uint8Array.from(width === 0 ? done : [...done, open << (8 - width)]),
  }
}

export interface BitReader {
  /** @throws RangeError behind the end. */
  readonly next: (width: number) => number
  /** Whether nothing is left but what fills up the last byte. */
  readonly isAtEnd: () => boolean
}

export function bitReader(bytes: Uint8Array): BitReader {
  let at = 0
  return {
    next(width) {
      if (at + width > bytes.length * 8) throw new RangeError('the record is cut off')
      let value = 0
      for (const end = at + width; at < end; at++) value = (value << 1) | (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1)
      return value
    },
    isAtEnd: () => at + 8 > bytes.length * 8,
  }
}
