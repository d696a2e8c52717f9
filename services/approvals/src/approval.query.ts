import { streamName, type ApprovalEvent, type ApprovalView, type DeploymentEvent } from '@muster/contracts'
import { decode, type EventStore, type Recorded } from '@muster/event-store'
import { evolveStanding, type Standing } from './approval.view.ts'

/** From its own stream: as good as the log, whatever the read models have seen. */
export async function readApproval(store: EventStore, id: string): Promise<Standing | undefined> {
  const history = (await store.read([streamName('approval', id)])).map(event => decode(event) as Recorded<ApprovalEvent>)
  return history.reduce<Standing | undefined>(evolveStanding, undefined)
}

/** The newest check over exactly the content that is agreed to. */
export async function readEvidence(store: EventStore, { about, digest }: Standing): Promise<ApprovalView['evidence']> {
  const history = (await store.read([streamName('deployment', about.id)])).map(event => decode(event).event as DeploymentEvent)
  const checked = history.filter(event => event.type === 'deployment.checked').findLast(event => event.materialDigest === digest)
  if (checked === undefined) return undefined
  const { type: _, newlyAsked: __, ...check } = checked
  return { target: check.target, check }
}
