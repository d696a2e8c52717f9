import type { BusError, BusProblem } from '@muster/bus'
import type { KafkaLog } from './settings.ts'

/** Tells an outage in two sentences, however many attempts it takes: when it begins (or turns into another), and when it is over. */
export interface Outage {
  failed(error: BusError): void
  over(): void
}

export function outageOf(who: string, log: KafkaLog, now: () => number = () => performance.now()): Outage {
  let since: number | undefined
  let told: BusProblem | undefined

  return {
    failed(error) {
      since ??= now()
      if (told === error.problem) return
      told = error.problem
      log('warn', `${who} waits and keeps trying: ${error.message}`)
    },
    over() {
      if (since === undefined) return
      log('info', `${who} goes on after ${((now() - since) / 1000).toFixed(1)} s`)
      since = undefined
      told = undefined
    },
  }
}
