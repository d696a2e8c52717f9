import { canonicalJson, type AnyEvent, type ApprovalEvent, type DeploymentEvent, type PolicyEvent, type Recorded } from '@muster/contracts'
import { approval, reactForApprovals, type ApprovalCommand, type ApprovalState } from '@muster/domain'
import { findingAt, nothing, type Finding, type Watch } from './finding.ts'
import { idOf } from './re-performance.ts'
import { rehearse } from './rehearsal.ts'
import type { Rest } from './resting.ts'

/**
 * The life of every approval: what people were asked is what a deployment or a policy asked; who did the work signed nothing, each signed once
 * and in a role that was asked for; and it was granted by the signature that completed what it needs, and by no other.
 */
export function watchApprovals(rest?: Rest): Watch {
  /** What was asked of approvals and is not recorded by them yet, as canonical JSON. */
  const asked = new Map<string, string>()
  const withdrawn = new Set<string>()
  const lives = rehearse<ApprovalCommand, ApprovalState, ApprovalEvent, string>(
    approval,
    {
      part: 'approvals',
      described: ({ type }) => type,
      commandOf: ({ event }, state) => commandOf(event, state),
    },
    rest,
  )

  function* opened(recorded: Recorded<AnyEvent> & { readonly event: ApprovalEvent }): Generator<Finding> {
    const id = idOf(recorded.context.subject)
    if (recorded.event.type === 'approval.requested') {
      const { type: _, ...question } = recorded.event
      const wanted = asked.get(id)
      asked.delete(id)
      if (wanted === undefined) yield findingAt('approvals', recorded, 'people were asked what no deployment and no policy asks')
      else if (wanted !== canonicalJson(question))
        yield findingAt('approvals', recorded, 'people were asked something else than the deployment or policy asks')
    }
    if (recorded.event.type === 'approval.withdrawn' && !withdrawn.delete(id))
      yield findingAt('approvals', recorded, 'it was withdrawn, and nothing that was recorded before replaces or ends it')
  }

  function ask(event: DeploymentEvent | PolicyEvent): void {
    for (const { approval: id, command } of reactForApprovals(event)) {
      if (command.type === 'withdraw-approval') withdrawn.add(id)
      if (command.type === 'request-approval') {
        const { type: _, ...question } = command
        asked.set(id, canonicalJson(question))
      }
    }
  }

  return {
    see(recorded) {
      if (isOfThoseWhoAsk(recorded.event)) ask(recorded.event)
      return isOfApproval(recorded) ? [...opened(recorded), ...lives.see(recorded)] : nothing
    },
    end: lives.end,
  }
}

const isOfApproval = (recorded: Recorded<AnyEvent>): recorded is Recorded<ApprovalEvent> => recorded.stream.startsWith('approval-')

const isOfThoseWhoAsk = (event: AnyEvent): event is DeploymentEvent | PolicyEvent =>
  event.type.startsWith('deployment.') || event.type.startsWith('policy.')

function commandOf(event: ApprovalEvent, state: ApprovalState): ApprovalCommand | string {
  switch (event.type) {
    case 'approval.requested': {
      const { type: _, ...question } = event
      return { type: 'request-approval', ...question }
    }
    case 'approval.signed': {
      if (state.status !== 'none' && state.question.excluded.some(({ person }) => person === event.by))
        return `${event.by} signed, and may not: ${state.question.excluded.find(({ person }) => person === event.by)?.because}`
      const { type: _, ...signature } = event
      return { type: 'sign-approval', digest: digestIn(state), ...signature }
    }
    case 'approval.signature-refused': {
      const { by, role } = event
      return { type: 'sign-approval', digest: digestIn(state), by, role, verdict: 'approve', reason: { personal: 'tried', of: by } }
    }
    case 'approval.granted':
      return 'it was granted, and no signature that was recorded with it completes what it needs'
    case 'approval.rejected':
      return 'it was rejected, and no signature that was recorded with it says no'
    case 'approval.withdrawn':
      return { type: 'withdraw-approval', ...(event.replacedBy !== undefined && { replacedBy: event.replacedBy }) }
  }
}

const digestIn = (state: ApprovalState): string => (state.status === 'none' ? '' : state.question.digest)
