import type { AlertEvent, AnyEvent, Recorded } from '@muster/contracts'
import { alert, type AlertCommand, type AlertState } from '@muster/domain'
import { findingAt, nothing, type Finding, type Watch } from './finding.ts'
import { rehearse } from './rehearsal.ts'
import type { Rest } from './resting.ts'
import type { SeenIds } from './seen-ids.ts'

/** The life of every alert: raised and resolved in turn, by events that stand in the log before, and by each of them once. */
export function watchAlerts(ids: SeenIds, rest?: Rest): Watch {
  const lives = rehearse<AlertCommand, AlertState, AlertEvent, string>(
    alert,
    {
      part: 'alerts',
      described: ({ type }) => type,
      commandOf: ({ event }) => {
        if (event.type === 'alert.resolved') return { type: 'resolve-alert', because: event.because, cause: event.cause }
        const { type: _, ...raised } = event
        return { type: 'raise-alert', ...raised }
      },
    },
    rest,
  )
  function* judged(recorded: Recorded<AlertEvent>): Generator<Finding> {
    const { type, cause } = recorded.event
    if (!ids.has(cause)) yield findingAt('alerts', recorded, `${type} names ${cause} as its cause, which is not in the log before it`)
    yield* lives.see(recorded)
  }
  return { see: recorded => (isOfAlert(recorded) ? judged(recorded) : nothing), end: lives.end }
}

const isOfAlert = (recorded: Recorded<AnyEvent>): recorded is Recorded<AlertEvent> => recorded.stream.startsWith('alert-')
