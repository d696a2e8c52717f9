import { parseSubject, type DeploymentEvent, type EndpointEvent, type Target } from '@muster/contracts'
import { foldEndpoint, noEndpoint, type EndpointEvidence } from '@muster/domain'
import { decode, type Position, type Recorded } from '@muster/event-store'
import { eachEvent } from './pages.ts'
import type { LogReader } from './sandbox.ts'

/** What runs under a clearance that stands. */
export interface Cleared {
  readonly deployment: string
  readonly target: Target
  readonly since: string
}

type Place = Omit<Cleared, 'deployment'>

/** Takes memory for what runs, and for nothing that ran. What runs without a clearance is a violation already, whatever a draft says. */
export async function runningCleared(log: LogReader, through: Position, signal: AbortSignal): Promise<readonly Cleared[]> {
  const places = await runningAt(log, through, signal)
  if (places.size === 0) return []
  const byPlace = new Map<string, string>()
  const except = ['opened', 'checked', 'approval-required', 'blocked', 'refused', 'lapsed'].map(what => `deployment.${what}`)
  await eachEvent(log, { categories: ['deployment'], except }, through, signal, recorded => {
    // Streams of deployments hold the events of deployments and no others.
    const { event } = decode(recorded) as Recorded<DeploymentEvent>
    const { subject } = recorded.context
    if (event.type === 'deployment.cleared' && places.has(keyOf(event.target))) byPlace.set(keyOf(event.target), subject)
    if (event.type === 'deployment.revoked' && byPlace.get(keyOf(event.target)) === subject) byPlace.delete(keyOf(event.target))
  })
  return [...byPlace].flatMap(([key, subject]): Cleared[] => {
    const place = places.get(key)
    return place === undefined ? [] : [{ deployment: partsOf('deployment', subject)[0], ...place }]
  })
}

async function runningAt(log: LogReader, through: Position, signal: AbortSignal): Promise<ReadonlyMap<string, Place>> {
  const endpoints = new Map<string, EndpointEvidence>()
  await eachEvent(log, { categories: ['endpoint'], except: ['endpoint.registered'] }, through, signal, recorded => {
    const { subject } = recorded.context
    const folded = foldEndpoint(endpoints.get(subject) ?? noEndpoint, decode(recorded) as Recorded<EndpointEvent>)
    if (folded.running.length === 0) endpoints.delete(subject)
    else endpoints.set(subject, folded)
  })
  const places = new Map<string, Place>()
  for (const [subject, { running }] of endpoints) {
    const [environment, endpoint] = partsOf('endpoint', subject)
    for (const { model, version, artifact, since } of running) {
      const target = { model, version, environment, endpoint, artifact }
      places.set(keyOf(target), { target, since })
    }
  }
  return places
}

const keyOf = ({ environment, endpoint, model, version, artifact }: Target): string =>
  JSON.stringify([environment, endpoint, model, version, artifact])

/** Subjects of recorded events are canonical: they always parse. */
function partsOf<Of extends 'deployment' | 'endpoint'>(category: Of, subject: string) {
  const parsed = parseSubject(category, subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  return parsed.parts
}
