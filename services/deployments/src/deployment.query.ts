import { streamName, type DeploymentEvent, type DeploymentView, type Recorded } from '@muster/contracts'
import { policyStreamsOf, publishedVersions, type PolicyVersionOf } from '@muster/domain'
import { decode, decodeKnown, type EventStore } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { deploymentView } from './deployment.view.ts'

/** As of a position of the log, or of an instant; as of now when left out. */
export type AsOf = { readonly position: number } | { readonly time: string } | undefined

export async function readDeployment(store: EventStore, id: string, asOf: AsOf): Promise<DeploymentView | undefined> {
  const stream = streamName('deployment', id)
  const range = asOf !== undefined && 'position' in asOf ? { through: asOf.position } : {}
  const events = await store.read([stream], range)
  const until = asOf !== undefined && 'time' in asOf ? Date.parse(asOf.time) : Infinity
  // `recordedtime` never decreases along the log, so that as of a time is as of a position.
  const history = events
    .filter(({ recordedtime }) => Date.parse(recordedtime) <= until)
    .map(event => decode(event) as Recorded<DeploymentEvent>)
  return deploymentView(id, history, await policiesOf(store, history))
}

/** The policies that the checks name, in the very versions. */
async function policiesOf(store: EventStore, history: readonly Recorded<DeploymentEvent>[]): Promise<PolicyVersionOf> {
  const rules = history.flatMap(({ event }) => (event.type === 'deployment.checked' ? event.rules : []))
  const streams = policyStreamsOf({ rules })
  const events = isNonEmpty(streams) ? await store.read(streams) : []
  return publishedVersions(decodeKnown(events).map(({ event }) => event))
}
