import {
  streamName,
  type ApprovalEvent,
  type ApprovalView,
  type DeploymentEvent,
  type PolicyDocument,
  type PolicyEvent,
} from '@muster/contracts'
import { explainedCheck, policyStreamsOf, publishedVersions } from '@muster/domain'
import { decode, decodeKnown, type EventStore, type Recorded } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { differencesBetween } from '@muster/policy'
import { evolveStanding, type Standing } from './approval.view.ts'

/** From its own stream: as good as the log, whatever the read models have seen. */
export async function readApproval(store: EventStore, id: string): Promise<Standing | undefined> {
  const history = (await store.read([streamName('approval', id)])).map(event => decode(event) as Recorded<ApprovalEvent>)
  return history.reduce<Standing | undefined>(evolveStanding, undefined)
}

/** What is agreed to, from who asks. */
export async function readContent(store: EventStore, standing: Standing): Promise<Pick<ApprovalView, 'evidence' | 'proposal'>> {
  switch (standing.about.kind) {
    case 'deployment':
      return evidenceOf(store, await readEvents<DeploymentEvent>(store, 'deployment', standing), standing)
    case 'policy':
      return proposalOf(await readEvents<PolicyEvent>(store, 'policy', standing), standing)
    case 'exception':
    case 'remediation':
      return {}
  }
}

/** Whatever is in a stream of a category is an event of it. */
const readEvents = async <Event>(store: EventStore, category: 'deployment' | 'policy', { about }: Standing): Promise<readonly Event[]> =>
  (await store.read([streamName(category, about.id)])).map(event => decode(event).event as Event)

/** The newest check over exactly the content that is agreed to, and why its rules came out so. */
async function evidenceOf(
  store: EventStore,
  history: readonly DeploymentEvent[],
  { digest }: Standing,
): Promise<Pick<ApprovalView, 'evidence'>> {
  const checked = history.filter(event => event.type === 'deployment.checked').findLast(event => event.materialDigest === digest)
  if (checked === undefined) return {}
  const { type: _, newlyAsked: __, ...check } = checked
  const streams = policyStreamsOf(check)
  const policies = isNonEmpty(streams) ? await store.read(streams) : []
  const versions = publishedVersions(decodeKnown(policies).map(({ event }) => event))
  return { evidence: { target: check.target, check: explainedCheck(check, versions) } }
}

/** The document that is agreed to, beside the version that was the newest when peers were asked. */
function proposalOf(history: readonly PolicyEvent[], { id }: Standing): Pick<ApprovalView, 'proposal'> {
  let before: PolicyDocument | undefined
  let proposed: Extract<PolicyEvent, { type: 'policy.drafted' | 'policy.revised' }> | undefined
  for (const event of history) {
    if (event.type === 'policy.published') before = event.document
    if (event.type === 'policy.drafted' || event.type === 'policy.revised') proposed = event
    if (event.type !== 'policy.submitted' || event.approvalId !== id || proposed === undefined) continue
    const { document } = proposed
    const [difference] = differencesBetween(before === undefined ? [] : [before], [document])
    const { cases, backtest } = event
    return { proposal: { document, isNew: before === undefined, differences: [...(difference?.sentences ?? [])], cases, backtest } }
  }
  return {}
}
