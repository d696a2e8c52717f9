import type { PolicyEvent, PolicyView, Recorded } from '@muster/contracts'

/** One fold for the list and for the single policy, so that they cannot differ. The newest version is shown. */
export function evolveView(view: PolicyView | undefined, recorded: Recorded<PolicyEvent>): PolicyView | undefined {
  const { event, position, recordedtime: at, context } = recorded
  switch (event.type) {
    case 'policy.published': {
      const { type: _, ...published } = event
      const { kind, title, owner } = event.document
      const id = decodeURIComponent(context.subject)
      return { id, status: 'in-force', kind, title, owner, ...published, publishedAt: at, position }
    }
    case 'policy.retired':
      return view === undefined ? undefined : { ...view, status: 'retired', retiredAt: at, position }
  }
}
