import type { Finding } from '@muster/audit'

const rounds = 6

/**
 * What differs still when the log was read on and it was looked again: a Muster that runs goes on meanwhile, and what is ahead of the log that
 * was read, or has just not come yet, differs from nothing.
 */
export async function settled(
  look: () => Promise<readonly Finding[]>,
  readOn: () => Promise<void>,
  wait: () => Promise<void>,
): Promise<readonly Finding[]> {
  let found = await look()
  for (let round = 1; found.length > 0 && round < rounds; round += 1) {
    await wait()
    await readOn()
    const before = new Set(found.map(({ message }) => message))
    found = (await look()).filter(({ message }) => before.has(message))
  }
  return found
}
