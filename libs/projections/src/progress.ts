/*
 * Wakes those in this process who wait for a subscription to get somewhere, and the subscription that rests while somebody waits for it. Only
 * hints: they look for themselves.
 */

const waiting = new Map<string, Set<() => void>>()
const resting = new Map<string, () => void>()

export function cursorMoved(name: string): void {
  for (const wake of waiting.get(name) ?? []) wake()
}

/** Resolves when the subscription has moved, or after the time. */
export function untilMoved(name: string, milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    const sleepers = waiting.get(name) ?? new Set()
    waiting.set(name, sleepers)
    const wake = (): void => {
      clearTimeout(timer)
      sleepers.delete(wake)
      if (sleepers.size === 0 && waiting.get(name) === sleepers) waiting.delete(name)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    sleepers.add(wake)
    resting.get(name)?.()
  })
}

/** Has the subscription go on after the time, or as soon as somebody waits for it. Answers with how to call it off. */
export function restThen(name: string, milliseconds: number, goOn: () => void): () => void {
  const over = (): void => {
    callOff()
    goOn()
  }
  const callOff = (): void => {
    clearTimeout(timer)
    if (resting.get(name) === over) resting.delete(name)
  }
  const timer = setTimeout(over, waiting.has(name) ? 0 : milliseconds)
  resting.set(name, over)
  return callOff
}
