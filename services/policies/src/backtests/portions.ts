import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds of work in one go: nobody else in the process waits longer for it. */
const longest = 8

/** Does the work for one item after the other, and lets others have their turn in between. */
export async function inPortions<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = []
  let began = performance.now()
  for (const item of items) {
    results.push(work(item))
    if (performance.now() - began < longest) continue
    await turn()
    began = performance.now()
  }
  return results
}
