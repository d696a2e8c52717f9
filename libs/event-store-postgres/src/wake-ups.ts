import { pause } from '@muster/kernel'
import type { Filter, Logger } from '@muster/event-store'
import { Client, type ClientConfig } from 'pg'
import { channel } from './statements.ts'

/*
 * Tells readers that something was appended, so that they need not wait for their next poll. Only ever a hint: a lost one costs a poll's
 * time and nothing else. One connection of its own listens for the whole process and is made again, with growing pauses, when it is lost.
 */

export interface Waiting {
  /** Resolves when something of the filter may have been appended since, when the time is over, or when the signal aborts. */
  readonly woken: Promise<void>
  /** No need to wait any longer. */
  cancel(): void
}

export interface WakeUps {
  /** Begins to wait at once, so that nothing is missed while the caller looks whether there is something already. */
  wait(filter: Filter, milliseconds: number, signal: AbortSignal): Waiting
  close(): Promise<void>
}

export function listenForWakeUps(config: ClientConfig, logger: Logger): WakeUps {
  const sleepers = new Map<() => void, Filter>()
  const closing = new AbortController()
  const wakeAll = (): void => {
    for (const wake of sleepers.keys()) wake()
  }
  const wakeThose = (payload: string | undefined): void => {
    const appended = new Set((payload ?? '').split(' '))
    for (const [wake, { categories }] of sleepers) {
      if (categories === undefined || categories.some(category => appended.has(category))) wake()
    }
  }

  async function listen(): Promise<void> {
    const client = new Client(config)
    const ended = new Promise<void>(resolve => {
      client.on('end', resolve)
      client.on('error', error => logger.debug({ err: error }, 'the connection that listens to the log failed'))
    })
    client.on('notification', ({ payload }) => wakeThose(payload))
    const close = (): void => void client.end().catch(() => undefined)
    try {
      await client.connect()
      closing.signal.addEventListener('abort', close)
      if (closing.signal.aborted) return
      await client.query(`LISTEN ${channel}`)
      // What was appended while nobody listened.
      wakeAll()
      await ended
    } finally {
      closing.signal.removeEventListener('abort', close)
      close()
    }
  }

  const wait: WakeUps['wait'] = (filter, milliseconds, signal) => {
    let cancel = (): void => {}
    const woken = new Promise<void>(resolve => {
      const timer = setTimeout(() => cancel(), milliseconds)
      cancel = () => {
        clearTimeout(timer)
        sleepers.delete(cancel)
        signal.removeEventListener('abort', cancel)
        resolve()
      }
      if (signal.aborted) return cancel()
      sleepers.set(cancel, filter)
      signal.addEventListener('abort', cancel)
    })
    return { woken, cancel: () => cancel() }
  }

  async function keepListening(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const started = Date.now()
      try {
        await listen()
      } catch (error) {
        logger.debug({ err: error }, 'cannot listen to the log; readers poll')
      }
      if (Date.now() - started > 10_000) failures = 0
      await pause(Math.min(5_000, 100 * 2 ** Math.min(failures, 10)), closing.signal)
    }
  }
  const ended = keepListening()

  return {
    wait,
    async close() {
      closing.abort()
      wakeAll()
      await ended
    },
  }
}
