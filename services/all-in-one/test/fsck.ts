import { createHash } from 'node:crypto'
import {
  canonicalJson,
  parseStream,
  parseSubject,
  streamName,
  type AnyEvent,
  type DatasetEvent,
  type DeploymentEvent,
  type EndpointEvent,
  type IntentEvent,
  type ModelEvent,
  type PolicyEvent,
  type Recorded,
  type VersionEvent,
} from '@muster/contracts'
import {
  datasetsOf,
  deployment,
  emptyCatalogue,
  factsOf,
  foldCatalogue,
  foldDataset,
  foldEndpoint,
  foldIntent,
  foldModel,
  foldVersion,
  inForce,
  noDataset,
  noEndpoint,
  noIntent,
  noModel,
  noVersion,
  peopleOf,
  performCheck,
  subjectsOf,
} from '@muster/domain'
import { decode, type Cursor, type EventStore } from '@muster/event-store'
import { fold, groupBy } from '@muster/kernel'

/*
 * The oracle of the tests of the whole: derives everything again from the log alone and says what differs.
 *
 * - revisions of every stream are contiguous, positions grow, recorded time never decreases, ids are unique;
 * - every check is performed again, on evidence folded up to the event that it names, and comes out the same to the byte;
 * - every deployment went only where its checks and approvals allow: nothing is cleared without a verdict or a granted approval over the
 *   very digest, nothing moves after its end, no intent is decided twice.
 */
export async function fsck(store: EventStore): Promise<readonly string[]> {
  const log = await readAll(store)
  const streams = groupBy(log, ({ stream }) => stream)
  return [...order(log), ...contiguity(streams), ...checks(log, streams), ...lives(log, streams)]
}

type Event = Recorded<AnyEvent>

export async function readAll(store: EventStore): Promise<readonly Event[]> {
  const log: Event[] = []
  for (let after: Cursor | 'start' = 'start'; ;) {
    const page = await store.readLog(after, {}, 1_000)
    log.push(...page.map(decode))
    const last = page.at(-1)
    if (last === undefined) return log
    after = last.cursor
  }
}

function order(log: readonly Event[]): string[] {
  const found: string[] = []
  const ids = new Set<string>()
  for (const [index, event] of log.entries()) {
    const before = log[index - 1]
    if (before !== undefined && event.position <= before.position) found.push(`position ${event.position} follows ${before.position}`)
    if (before !== undefined && Date.parse(event.recordedtime) < Date.parse(before.recordedtime))
      found.push(`time goes back at ${event.position}`)
    if (ids.has(event.id)) found.push(`the id ${event.id} is there twice`)
    ids.add(event.id)
  }
  return found
}

const contiguity = (streams: ReadonlyMap<string, readonly Event[]>): string[] =>
  [...streams].flatMap(([stream, events]) =>
    events.flatMap(({ revision }, index) => (revision === index ? [] : [`${stream} has revision ${revision} in place ${index}`])),
  )

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** Performs every recorded check again. */
function checks(log: readonly Event[], streams: ReadonlyMap<string, readonly Event[]>): string[] {
  const policies = log.filter((recorded): recorded is Recorded<PolicyEvent> => recorded.stream.startsWith('policy-'))
  const upTo = (stream: string, position: number) => (streams.get(stream) ?? []).filter(event => event.position <= position)
  return log.flatMap(recorded => {
    const { event, context } = recorded
    if (event.type !== 'deployment.checked') return []
    const { type: _, newlyAsked: __, ...recordedCheck } = event
    const { asOf, at, point, people, target } = event
    const id = nameOf(context.subject)
    const intent = fold(
      { initial: noIntent, evolve: foldIntent },
      upTo(streamName('intent', id), asOf.position) as Recorded<IntentEvent>[],
    ).declared
    if (intent === undefined) return [`${recorded.stream}: checked as of ${asOf.position}, before its intent was declared`]
    const names = subjectsOf(intent)
    const version = fold({ initial: noVersion, evolve: foldVersion }, upTo(names.version, asOf.position) as Recorded<VersionEvent>[])
    const datasets = datasetsOf(version).map(({ name }): [string, ReturnType<typeof foldDataset>] => [
      name,
      fold({ initial: noDataset, evolve: foldDataset }, upTo(streamName('dataset', name), asOf.position) as Recorded<DatasetEvent>[]),
    ])
    const evidence = {
      intent,
      version,
      model: fold({ initial: noModel, evolve: foldModel }, upTo(names.model, asOf.position) as Recorded<ModelEvent>[]),
      endpoint: fold({ initial: noEndpoint, evolve: foldEndpoint }, upTo(names.endpoint, asOf.position) as Recorded<EndpointEvent>[]),
      datasets: new Map(datasets),
    }
    // Who stood for whom was configuration: it is taken from the record, where it stands for this reason.
    const persons = new Map(people.map(({ name, person }) => [name, person]))
    const uses = peopleOf(evidence, name => persons.get(name))
    const catalogue = policies.filter(({ position }) => position <= asOf.position).reduce(foldCatalogue, emptyCatalogue)
    const again = performCheck(
      { target, facts: factsOf(evidence, uses, point, id, at), people: uses, catalogue: inForce(catalogue, at), asOf, at, point },
      sha256,
    )
    return canonicalJson(again.check) === canonicalJson(recordedCheck)
      ? []
      : [`${recorded.stream}@${recorded.revision}: the check comes out otherwise`]
  })
}

/** Every deployment, walked again event by event. */
function lives(log: readonly Event[], streams: ReadonlyMap<string, readonly Event[]>): string[] {
  const granted = new Map(
    log.flatMap(({ event, context, position }) =>
      event.type === 'approval.granted' ? [[`${nameOf(context.subject)} ${event.digest}`, position] as const] : [],
    ),
  )
  return [...streams].flatMap(([stream, events]) => {
    if (parseStream(stream).category !== 'deployment') return []
    const found: string[] = []
    let state = deployment.initial
    for (const { event, position, revision } of events as readonly Recorded<DeploymentEvent>[]) {
      const place = `${stream}@${revision}`
      if (['blocked', 'refused', 'lapsed', 'revoked'].includes(state.status)) found.push(`${place}: ${event.type} after the end`)
      if (event.type === 'deployment.opened' && state.status !== 'none') found.push(`${place}: opened twice`)
      if (event.type === 'deployment.cleared') {
        if (event.approvalId === undefined) {
          const verdict = 'check' in state ? state.check?.verdict : undefined
          if (verdict !== 'cleared') found.push(`${place}: cleared although the check says ${verdict}`)
        } else {
          const answered = granted.get(`${event.approvalId} ${event.materialDigest}`)
          if (answered === undefined || answered > position)
            found.push(`${place}: cleared without a granted approval over ${event.materialDigest}`)
        }
      }
      state = deployment.evolve(state, event)
    }
    return found
  })
}

const nameOf = (subject: string): string => {
  const parsed = parseSubject('intent', subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  return parsed.parts[0]
}
