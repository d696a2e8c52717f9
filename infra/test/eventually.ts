/** Until `look` gives something, or throws what it threw last when the time is up. */
export async function eventually<T>(look: () => Promise<T | undefined>, what: string, seconds = 30): Promise<T> {
  const until = Date.now() + seconds * 1_000
  let failure: unknown
  while (Date.now() < until) {
    try {
      const found = await look()
      if (found !== undefined) return found
    } catch (error) {
      failure = error
    }
    await new Promise(wake => setTimeout(wake, 50))
  }
  throw new Error(`${what} did not come true within ${seconds} s`, { cause: failure })
}
