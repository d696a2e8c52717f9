import type { NonEmpty } from '@muster/kernel'
import { isNonEmpty } from '@muster/kernel'

export interface Limits {
  readonly items: number
  readonly bytes: number
}

/**
 * What comes one by one, in batches: all that came while the last batch was worked on, at most as much as the limits say. Beyond that
 * nothing is taken from the source, which so holds back whoever sends.
 *
 * A batch ends where something is whole, unless it is full: what was written as one is not seen in parts.
 * What came before a failure is given before it is thrown. Whoever leaves must end the source by its own means: this waits for its end.
 */
export async function* inBatches<T>(
  source: AsyncIterable<T>,
  sizeOf: (item: T) => number,
  limits: Limits,
  leave: () => void,
  isWhole: (last: T) => boolean = () => true,
): AsyncGenerator<NonEmpty<T>> {
  let held: T[] = []
  let size = 0
  const state = { over: false }
  let failure: { readonly error: unknown } | undefined
  let wake = (): void => {}
  const isFull = (): boolean => held.length >= limits.items || size >= limits.bytes
  const changed = (): Promise<void> => new Promise(resolve => (wake = resolve))

  const taking = (async () => {
    try {
      for await (const item of source) {
        held.push(item)
        size += sizeOf(item)
        wake()
        while (isFull() && !state.over) await changed()
        if (state.over) return
      }
    } catch (error) {
      failure = { error }
    } finally {
      state.over = true
      wake()
    }
  })()

  try {
    for (;;) {
      const last = held.at(-1)
      if (isNonEmpty(held) && last !== undefined && (isWhole(last) || isFull() || state.over)) {
        const batch = held
        held = []
        size = 0
        wake()
        yield batch
      } else if (state.over) {
        if (failure !== undefined) throw failure.error
        return
      } else await changed()
    }
  } finally {
    state.over = true
    wake()
    leave()
    await taking
  }
}
