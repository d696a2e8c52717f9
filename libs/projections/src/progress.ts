/* Wakes those in this process who wait for a subscription to get somewhere. Only a hint: they look for themselves. */

const waiting = new Map<string, Set<() => void>>()

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
  })
}
