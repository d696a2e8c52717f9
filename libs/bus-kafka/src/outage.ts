import type { BusError, BusProblem } from '@muster/bus'
import type { KafkaLog } from './settings.ts'

/**
 * Tells an outage in two sentences, however many attempts it takes: when it has begun (or turned into another), and when it is over.
 * One that is over within a second, such as an election, is not worth a sentence.
 */
export interface Outage {
  readonly failed: (error: BusError) => void
  readonly over: () => void
}

const WORTH_A_SENTENCE_MS = 1_000

export function outageOf(who: string, log: KafkaLog): Outage {
  let since: number | undefined
  let told: BusProblem | undefined
  let telling: NodeJS.Timeout | undefined

  const tell = (error: BusError): void => {
    told = error.problem
    log('warn', `${who} waits and keeps trying: ${error.message}`)
  }

  return {
    failed(error) {
      if (since === undefined) {
        since = Date.now()
        telling = setTimeout(() => tell(error), WORTH_A_SENTENCE_MS).unref()
      } else if (told !== undefined && told !== error.problem) {
        tell(error)
      }
    },
    over() {
      if (since !== undefined && told !== undefined) log('info', `${who} goes on after ${((Date.now() - since) / 1000).toFixed(1)} s`)
      clearTimeout(telling)
      since = undefined
      told = undefined
    },
  }
}
