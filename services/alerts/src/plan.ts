import type { AlertAction, AlertCommand } from '@muster/domain'
import type { OpenAlert } from './open-alerts/rows.ts'

/*
 * What actions mean for single alerts, one action upon the other: an action that ends alerts ends those that stand open then, raised by an
 * earlier action of the same batch or long ago; one that raises what is open already adds nothing.
 *
 * So what is commanded depends on the log alone, and not on where batches begin: handled again, the same causes command the same.
 */

export interface Step<Cause> {
  readonly id: string
  readonly command: AlertCommand
  readonly cause: Cause
}

export interface Plan<Cause> {
  readonly steps: readonly Step<Cause>[]
  /** What is open behind the last action and was not before the first. */
  readonly opened: readonly OpenAlert[]
  readonly ended: readonly string[]
}

export function planFor<Cause extends { readonly id: string }>(
  actions: readonly { readonly action: AlertAction; readonly cause: Cause }[],
  standing: readonly OpenAlert[],
  idOf: (key: Extract<AlertAction, { kind: 'raise' }>['key']) => string,
): Plan<Cause> {
  const open = new Map(standing.map(alert => [alert.id, alert]))
  const steps: Step<Cause>[] = []
  for (const { action, cause } of actions) {
    if (action.kind === 'raise') {
      const id = idOf(action.key)
      if (open.has(id)) continue
      steps.push({ id, cause, command: { type: 'raise-alert', ...action.alert } })
      open.set(id, { id, ...action.key })
      continue
    }
    for (const { id } of [...open.values()].filter(alert => isEndedBy(action, alert))) {
      steps.push({ id, cause, command: { type: 'resolve-alert', because: action.because, cause: cause.id } })
      open.delete(id)
    }
  }
  const before = new Set(standing.map(({ id }) => id))
  return {
    steps,
    opened: [...open.values()].filter(({ id }) => !before.has(id)),
    ended: [...before].filter(id => !open.has(id)),
  }
}

const isEndedBy = ({ kinds, subject, except = [] }: Extract<AlertAction, { kind: 'resolve' }>, alert: OpenAlert): boolean =>
  kinds.includes(alert.kind) && alert.subject === subject && !except.includes(alert.rule ?? '')
