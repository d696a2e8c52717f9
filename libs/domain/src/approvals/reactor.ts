import type { DeploymentEvent } from '@muster/contracts'
import type { ApprovalCommand } from './approval.ts'

/** What a deployment's event asks of approvals: open the question, and close the one that it replaces. */
export function react(event: DeploymentEvent): readonly { readonly approval: string; readonly command: ApprovalCommand }[] {
  switch (event.type) {
    case 'deployment.approval-required': {
      const { type: _, approvalId, target: __, ...question } = event
      return [
        ...(event.supersedes === undefined ? [] : [withdrawal(event.supersedes, event.digest)]),
        { approval: approvalId, command: { type: 'request-approval', ...question } },
      ]
    }
    case 'deployment.cleared':
    case 'deployment.blocked':
      return event.supersedes === undefined ? [] : [withdrawal(event.supersedes, event.materialDigest)]
    case 'deployment.lapsed':
      return event.supersedes === undefined ? [] : [withdrawal(event.supersedes)]
    case 'deployment.opened':
    case 'deployment.checked':
    case 'deployment.refused':
    case 'deployment.revoked':
      return []
  }
}

const withdrawal = (approval: string, replacedBy?: string): { approval: string; command: ApprovalCommand } => ({
  approval,
  command: { type: 'withdraw-approval', ...(replacedBy !== undefined && { replacedBy }) },
})
