import type { Finding } from '@muster/audit'

const rounds = 6

/**
 * What differs still when the log was read on and it was looked again: a Muster that runs goes on meanwhile, and what is ahead of the log that
 * was read, or has just not come yet, differs from nothing.
 */
export async function settled(
  look: () => Promise<readonly Finding[]>,
  /** Whether there was more. */
  readOn: () => Promise<boolean>,
  /** Left out where what is looked at stands at the log's end already, so that it changes with the log alone. */
  wait?: () => Promise<void>,
): Promise<readonly Finding[]> {
  let found = await look()
  for (let round = 1; found.length > 0 && round < rounds; round += 1) {
    if (wait !== undefined) await wait()
    if (!(await readOn()) && wait === undefined) break
    const before = new Set(found.map(({ message }) => message))
    found = (await look()).filter(({ message }) => before.has(message))
  }
  return found
}
