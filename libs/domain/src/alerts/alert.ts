import type { AlertEvent, AlertRaised } from '@muster/contracts'
import { canonicalJson } from '@muster/contracts'
import { digestOf, record, reject, unchanged, type Decider, type Decision, type Sha256 } from '@muster/kernel'

/*
 * Alert: somebody must know of one cause.
 * Stream `alert-<id>`: raised, resolved, and perhaps raised again.
 *
 * The id is made of the kind, the subject and the rule, so that a cause which is found again and again is one alert. `cause` is the event
 * that it is raised for or ended by: the same event does so once, whatever happened in between.
 */

type RaiseAlert = { type: 'raise-alert' } & Omit<AlertRaised, 'type'>
type ResolveAlert = { type: 'resolve-alert'; because: string; cause: string }
export type AlertCommand = RaiseAlert | ResolveAlert
export type AlertRejection = 'not-found'

export type AlertState =
  | { status: 'none' }
  | { status: 'open' | 'resolved'; raised: AlertRaised; raisedBy: readonly string[]; endedBy: readonly string[] }

export interface AlertKey {
  readonly kind: AlertRaised['kind']
  readonly subject: string
  readonly rule?: string
}

/** 32 hex digits of the SHA-256 over the key. */
export const alertId = ({ kind, subject, rule }: AlertKey, sha256: Sha256): string =>
  digestOf(sha256, canonicalJson([kind, subject, rule ?? null])).slice('sha256:'.length, 'sha256:'.length + 32)

function raise({ type: _, ...raised }: RaiseAlert, alert: AlertState): Decision<AlertEvent, AlertRejection> {
  if (alert.status === 'open' || (alert.status === 'resolved' && alert.raisedBy.includes(raised.cause))) return unchanged
  return record({ type: 'alert.raised', ...raised })
}

function resolve({ because, cause }: ResolveAlert, alert: AlertState): Decision<AlertEvent, AlertRejection> {
  if (alert.status === 'none') return reject('not-found')
  return alert.status === 'resolved' || alert.endedBy.includes(cause) ? unchanged : record({ type: 'alert.resolved', because, cause })
}

function evolve(alert: AlertState, event: AlertEvent): AlertState {
  switch (event.type) {
    case 'alert.raised': {
      const { raisedBy, endedBy } = alert.status === 'none' ? { raisedBy: [], endedBy: [] } : alert
      return { status: 'open', raised: event, raisedBy: [...raisedBy, event.cause], endedBy }
    }
    case 'alert.resolved':
      return alert.status === 'none' ? alert : { ...alert, status: 'resolved', endedBy: [...alert.endedBy, event.cause] }
  }
}

export const alert: Decider<AlertCommand, AlertState, AlertEvent, AlertRejection> = {
  category: 'alert',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'raise-alert':
        return raise(command, state)
      case 'resolve-alert':
        return resolve(command, state)
    }
  },
}
