import type { DeploymentEvent, PolicyEvent } from '@muster/contracts'
import type { ApprovalCommand } from './approval.ts'

/** What an event of those who ask means for approvals: open the question, and close the one that it replaces. */
export function react(event: DeploymentEvent | PolicyEvent): readonly { readonly approval: string; readonly command: ApprovalCommand }[] {
  switch (event.type) {
    case 'deployment.approval-required': {
      const { type: _, approvalId, target: __, ...question } = event
      return [
        ...(event.supersedes === undefined ? [] : [withdrawal(event.supersedes, event.digest)]),
        { approval: approvalId, command: { type: 'request-approval', ...question } },
      ]
    }
    case 'policy.submitted': {
      const { type: _, approvalId, cases: __, backtest: ___, ...question } = event
      return [{ approval: approvalId, command: { type: 'request-approval', ...question } }]
    }
    case 'deployment.cleared':
    case 'deployment.blocked':
      return event.supersedes === undefined ? [] : [withdrawal(event.supersedes, event.materialDigest)]
    case 'policy.revised':
      return event.supersedes === undefined ? [] : [withdrawal(event.supersedes, event.digest)]
    case 'deployment.lapsed':
    case 'policy.discarded':
      return event.supersedes === undefined ? [] : [withdrawal(event.supersedes)]
    case 'deployment.opened':
    case 'deployment.checked':
    case 'deployment.refused':
    case 'deployment.revoked':
    case 'policy.drafted':
    case 'policy.changes-requested':
    case 'policy.approved':
    case 'policy.commented':
    case 'policy.published':
    case 'policy.activated':
    case 'policy.retired':
      return []
  }
}

const withdrawal = (approval: string, replacedBy?: string): { approval: string; command: ApprovalCommand } => ({
  approval,
  command: { type: 'withdraw-approval', ...(replacedBy !== undefined && { replacedBy }) },
})
