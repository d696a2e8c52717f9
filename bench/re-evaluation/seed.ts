import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  canonicalJson,
  encodeEvent,
  factsSchema,
  parseStream,
  streamName,
  toWireType,
  type AnyEvent,
  type PolicyDocument,
  type StreamName,
} from '@muster/contracts'
import type { EventStore, Write } from '../../libs/event-store/src/index.ts'
import { isNonEmpty } from '@muster/kernel'
import { parsePolicyText } from '@muster/policy'
import type { Client } from 'pg'
import { askerOf } from '../../infra/test/callers.ts'
import { digestOf, good, modelEvidence, versionEvidence } from '../../services/all-in-one/test/evidence.ts'
import { root } from '../program.ts'

/*
 * Many deployments that were cleared and run, each at an endpoint of its own: the endpoint is registered, the intent declared, the roll-out
 * observed. One of each model is decided by the service itself; the others are copies of it, made in the database, since deciding 100,000 takes
 * longer than what is measured.
 */

export const models = 200
export const modelOf = (deployment: number): string => `model-${String(deployment % models).padStart(3, '0')}`
const numbered = (deployment: number): string => String(deployment).padStart(6, '0')
export const idOf = (deployment: number): string => `running-${numbered(deployment)}`
export const endpointOf = (deployment: number): string => `endpoint-${numbered(deployment)}`

/** The starter policies, as they stand in the catalogue. */
export async function publishStarter(store: EventStore): Promise<void> {
  const folder = join(root, 'infra/policies/starter')
  for (const name of readdirSync(folder).filter(file => /\.ya?ml$/.test(file) && !file.includes('.cases.'))) {
    const parsed = parsePolicyText(readFileSync(join(folder, name), 'utf8'), name, factsSchema)
    if (!parsed.ok) throw new Error(`${name} is no policy`)
    for (const { document } of parsed.documents) await publish(store, document)
  }
}

export async function publish(store: EventStore, document: PolicyDocument): Promise<void> {
  const mode = document.mode ?? 'enforce'
  const digest = `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`
  const event: AnyEvent = {
    type: 'policy.published',
    version: 1,
    digest,
    document,
    mode,
    effectiveFrom: '2026-01-01T00:00:00Z',
    reviewed: true,
  }
  await append(store, [writeOf(streamName('policy', document.id), document.id, event)])
}

export async function seedModels(lifecycle: string): Promise<void> {
  const ask = askerOf(lifecycle)
  for (let model = 0; model < models; model += 1) {
    const name = modelOf(model)
    const { status } = await ask.post('ci', '/v1/events', [...modelEvidence(name), ...versionEvidence(name, '1', good)])
    if (status !== 202) throw new Error(`the evidence of ${name} was answered ${status}`)
  }
}

/** One deployment of each model, which the service decides. */
export async function seedTemplates(store: EventStore): Promise<void> {
  const all = Array.from({ length: models }, (_, deployment) => deployment)
  await append(
    store,
    all.flatMap(deployment => [
      writeOf(placeOf(deployment), `production/${endpointOf(deployment)}`, { type: 'endpoint.registered', owner: 'group:credit' }),
      writeOf(streamName('intent', idOf(deployment)), modelOf(deployment), {
        type: 'intent.declared',
        model: modelOf(deployment),
        version: '1',
        environment: 'production',
        endpoint: endpointOf(deployment),
        requestedBy: 'rita@example.org',
      }),
    ]),
  )
  // Behind their intents, so that nothing runs before it can be cleared.
  await append(
    store,
    all.map(deployment => {
      const artifact = { digest: digestOf(`${modelOf(deployment)}@1`) }
      const observed: AnyEvent = { type: 'rollout.observed', model: modelOf(deployment), version: '1', artifact }
      return writeOf(placeOf(deployment), modelOf(deployment), observed, 0)
    }),
  )
}

/**
 * Copies the events of the templates, and the rows that the service keeps of them, under names of their own, until so many run: what the
 * service would have decided of each is what it decided of its template. While no service runs; then every subscription stands at the end.
 */
export async function copyTemplates(sql: Client, deployments: number, told: (copied: number) => void): Promise<void> {
  const perStep = 25
  const copies = deployments / models
  for (let from = 1; from < copies; from += perStep) {
    await sql.query(copyEvents, [models, from, Math.min(from + perStep, copies) - 1])
    told(Math.min(from + perStep, copies) * models)
  }
  await sql.query(copyRows, [models, copies - 1])
  await sql.query(copyPlaces, [models, copies - 1])
  await sql.query('update muster.cursors set position = head.position, cursor = head.position::text from log.head')
  await sql.query(
    'update deployments.progress set position = e.position, event = e.id from log.events e, log.head where e.position = head.position',
  )
  await sql.query('vacuum analyze')
}

/** Names in a text with the number of a template, `n.was`, become those with the number of a copy, `n.is`. */
const renamed = (text: string): string =>
  ['running-', 'endpoint-'].reduce((inner, name) => `replace(${inner}, '${name}' || n.was, '${name}' || n.is)`, text)
const numbers = (name: string, first: string, last: string): string =>
  `cross join lateral (select right(${name}, 6) as was, lpad((right(${name}, 6)::int + copy * $1::int)::text, 6, '0') as is, copy
                         from generate_series(${first}::int, ${last}::int) as copy) as n`

const copyEvents = `
with copied as materialized (
  select n.copy, t.position, gen_random_uuid() as id, t.id as was, t.revision, t.category, t.type,
         ${renamed('t.stream')} as stream, ${renamed('t.context')} as context, ${renamed('t.data')} as data
    from log.events t ${numbers('t.stream', '$2', '$3')}
   where t.stream ~ '^(endpoint-production/endpoint|intent-running|deployment-running)-[0-9]{6}$' and n.was::int < $1::int
), head as (
  update log.head set position = position + (select count(*) from copied)
  returning position - (select count(*) from copied) as base, recordedtime
)
insert into log.events (position, stream, revision, id, category, type, recordedtime, context, data)
select head.base + row_number() over (order by c.copy, c.position), c.stream, c.revision, c.id, c.category, c.type, head.recordedtime,
       replace(c.context, c.was::text, c.id::text), c.data
  from copied c, head`

const copyRows = `
with newest as materialized (
  select stream, max(position) as position from log.events where category = 'deployment' group by stream
), copied as (
  select t, ${renamed('t.id')} as id, ${renamed('t.endpoint')} as endpoint,
         (select jsonb_agg(${renamed('stream')}) from unnest(t.streams) as stream) as streams
    from deployments.open_deployments t ${numbers('t.id', '1', '$2')}
)
insert into deployments.open_deployments
select (jsonb_populate_record(c.t, jsonb_build_object(
         'id', c.id, 'endpoint', c.endpoint, 'streams', c.streams, 'position', newest.position))).*
  from copied c join newest on newest.stream = 'deployment-' || c.id collate "C"`

const copyPlaces = `
insert into deployments.running_models (environment, endpoint, model, in_violation)
select t.environment, ${renamed('t.endpoint')}, t.model, t.in_violation from deployments.running_models t ${numbers('t.endpoint', '1', '$2')}`

const placeOf = (deployment: number): StreamName => streamName('endpoint', 'production', endpointOf(deployment))

async function append(store: EventStore, writes: readonly Write[]): Promise<void> {
  if (!isNonEmpty(writes)) return
  const refused = (await store.append(writes)).find(({ kind }) => kind !== 'written')
  if (refused !== undefined) throw new Error(`a write was refused: ${JSON.stringify(refused)}`)
}

function writeOf(stream: StreamName, partitionkey: string, event: AnyEvent, expected: Write['expected'] = 'no-stream'): Write {
  const id = crypto.randomUUID()
  const { type, data } = encodeEvent(event)
  const { subject } = parseStream(stream)
  const time = new Date().toISOString()
  const context = { id, source: '/bench', type: toWireType(type), subject, partitionkey, time, correlationid: id }
  return { stream, expected, events: [{ id, type, data, context }] }
}
