import type { EventStore, RecordedEvent } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { deferred } from './deferred.ts'
import type { LogTail, WaitOptions } from './tokens.ts'

/*
 * One reader of the newest events for everybody in the process who waits for something: HTTP waits and WebSockets cost no query each.
 *
 * Whoever waits from a position hears first and reads second: what is recorded meanwhile is heard, what was recorded before is read, and
 * nothing is between.
 */

export interface RunningTail extends LogTail {
  /** Begins at the head of the log: before anybody listens. */
  begin(): Promise<void>
  /** Reads from where it stands until the signal aborts. Rejects only with what the store's subscription throws, and may be run again then. */
  run(signal: AbortSignal): Promise<void>
  /** Nobody waits any longer: whoever does is answered with undefined, now and from now on. */
  release(): void
}

const page = 1000

export function makeLogTail(store: EventStore): RunningTail {
  const listeners = new Set<(batch: NonEmpty<RecordedEvent>) => void>()
  const released = new AbortController()
  let position = 0

  const listen: LogTail['listen'] = callback => {
    listeners.add(callback)
    return () => void listeners.delete(callback)
  }

  return {
    listen,
    position: () => position,
    release: () => released.abort(),

    async begin() {
      position = await store.head()
    },

    async run(signal) {
      const after = position === 0 ? 'start' : store.cursorAt(position)
      for await (const batch of store.subscribe(after, {}, signal)) {
        position = batch.at(-1)?.position ?? position
        for (const listener of listeners) listener(batch)
      }
    },

    async waitFor<T>(find: (event: RecordedEvent) => T | undefined, { after, timeoutMs, filter = {}, signal }: WaitOptions) {
      const found = deferred<T | undefined>()
      const look = (events: readonly RecordedEvent[]): void => {
        for (const event of events) {
          if (event.position <= after) continue
          const answer = find(event)
          if (answer !== undefined) return found.resolve(answer)
        }
      }
      const timer = setTimeout(() => found.resolve(undefined), timeoutMs)
      const give = (): void => found.resolve(undefined)
      const leaving = signal === undefined ? released.signal : AbortSignal.any([signal, released.signal])
      leaving.addEventListener('abort', give, { once: true })
      const stop = listen(look)
      try {
        if (leaving.aborted) return undefined
        readBefore().catch(found.reject)
        return await found.promise
      } finally {
        stop()
        clearTimeout(timer)
        leaving.removeEventListener('abort', give)
      }

      async function readBefore(): Promise<void> {
        let cursor = after === 0 ? ('start' as const) : store.cursorAt(after)
        for (;;) {
          const events = await store.readLog(cursor, filter, page)
          look(events)
          const last = events.at(-1)
          if (last === undefined || events.length < page) return
          cursor = last.cursor
        }
      }
    },
  }
}
