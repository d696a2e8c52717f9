/*
 * Where things stand in a tree. A block is a complete subtree: 2^level leaves, beginning at index × 2^level. Sizes and indices are safe
 * integers, so that nothing here may use JavaScript's bit operators, which know 32 bits.
 */

export interface Block {
  readonly level: number
  readonly index: number
}

/** Leaves from `begin` up to, but not including, `end`. */
export interface Span {
  readonly begin: number
  readonly end: number
}

/** The fewest blocks that cover the span, from left to right. There is one such cover. */
export function blocksOf({ begin, end }: Span): readonly Block[] {
  const blocks: Block[] = []
  for (let at = begin; at < end;) {
    let [level, width] = [0, 1]
    while (at % (2 * width) === 0 && at + 2 * width <= end) {
      level += 1
      width *= 2
    }
    blocks.push({ level, index: at / width })
    at += width
  }
  return blocks
}

/** The largest power of two below the number, which is 2 or more: where RFC 6962 splits so many leaves. */
export function splitOf(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

export const isPowerOfTwo = (count: number): boolean => count > 0 && (count === 1 || splitOf(count) * 2 === count)

export const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0
