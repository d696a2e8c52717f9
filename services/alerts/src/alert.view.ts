import type { AlertEvent, AlertView, Recorded } from '@muster/contracts'

/** One fold for the list and for the single alert, so that they cannot differ. An alert that is raised again shows its newest cause. */
export function evolveView(view: AlertView | undefined, recorded: Recorded<AlertEvent>): AlertView | undefined {
  const { event, position, recordedtime: at, context } = recorded
  switch (event.type) {
    case 'alert.raised': {
      const { type: _, ...raised } = event
      return { id: context.subject, status: 'open', ...raised, raisedAt: at, position }
    }
    case 'alert.resolved':
      return view === undefined ? undefined : { ...view, status: 'resolved', resolvedAt: at, resolvedBecause: event.because, position }
  }
}
