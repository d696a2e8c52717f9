import type { AnyEvent, DeploymentChecked, DeploymentEvent, Recorded } from '@muster/contracts'
import { deployment, isFinal, type DeploymentCommand, type DeploymentState } from '@muster/domain'
import { findingAt, nothing, type Finding, type Watch } from './finding.ts'
import { idOf, type RePerformance } from './re-performance.ts'
import { rehearse } from './rehearsal.ts'
import type { Rest } from './resting.ts'
import type { Answers } from './answers.ts'

/**
 * The life of every deployment: each check comes out the same to the byte, and what was decided follows from it, reason by reason; what people
 * cleared or refused was granted or rejected over the very digest, before; nothing moves after its end.
 */
export function watchDeployments(again: RePerformance, answers: Answers, rest?: Rest): Watch {
  const lives = rehearse<DeploymentCommand, DeploymentState, DeploymentEvent, string>(
    deployment,
    {
      part: 'deployments',
      described: ({ type }) => type,
      // What to do and until when comes from the policies' words and the clock of that step.
      given: { 'deployment.revoked': ['remediation'], 'deployment.lapsed': ['reasons'] },
      commandOf: recorded => commandOf(recorded, again, answers),
    },
    rest,
  )
  function* judged(recorded: Recorded<DeploymentEvent>): Generator<Finding> {
    if (isFinal(lives.state(recorded.stream))) yield findingAt('deployments', recorded, `${recorded.event.type} is there after the end`)
    yield* lives.see(recorded)
  }
  return { see: recorded => (isOfDeployment(recorded) ? judged(recorded) : nothing), end: lives.end }
}

const isOfDeployment = (recorded: Recorded<AnyEvent>): recorded is Recorded<DeploymentEvent> => recorded.stream.startsWith('deployment-')

function commandOf(recorded: Recorded<DeploymentEvent>, again: RePerformance, answers: Answers): DeploymentCommand | string {
  const { event, context, position } = recorded
  switch (event.type) {
    case 'deployment.opened': {
      const { type: _, ...opened } = event
      return { type: 'open-deployment', ...opened }
    }
    case 'deployment.checked': {
      const result = again.perform({ ...recorded, event } satisfies Recorded<DeploymentChecked>)
      if (typeof result === 'string') return result
      return { type: 'check-deployment', missing: [], held: false, remediation: { steps: [], by: event.at }, ...result }
    }
    case 'deployment.cleared':
    case 'deployment.refused': {
      const { approvalId, materialDigest: digest } = event
      if (approvalId === undefined) return 'it was cleared, and no check that was recorded with it clears it'
      const answer = event.type === 'deployment.cleared' ? 'granted' : 'rejected'
      const answered = answers.positionOf(approvalId, digest, answer)
      if (answered === undefined || answered > position)
        return `it was ${event.type === 'deployment.cleared' ? 'cleared' : 'refused'} by ${approvalId}, which was not ${answer} over ${digest} before`
      return { type: 'answer-deployment', approvalId, deployment: idOf(context.subject), digest, answer }
    }
    case 'deployment.lapsed':
      return event.reasons[0]?.code === 'intent-withdrawn'
        ? { type: 'withdraw-deployment', at: context.time }
        : { type: 'lapse-deployment', at: context.time, missing: [] }
    case 'deployment.revoked':
      return event.reasons[0]?.code === 'intent-withdrawn'
        ? { type: 'withdraw-deployment', at: context.time }
        : 'it was revoked, and no check that was recorded with it revokes it'
    case 'deployment.approval-required':
    case 'deployment.blocked':
      return `${event.type} is there, and no check that was recorded with it says so`
  }
}
