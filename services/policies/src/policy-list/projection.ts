import type { PolicyDocument, PolicyEvent, PolicyView } from '@muster/contracts'
import type { Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { ReadModel, Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { evolveStanding, viewOf, type Standing } from '../policy.view.ts'
import { policyListVersion, tables } from './tables.ts'

/** Every policy, to be listed by status and change, and found by tag, control and word. */
export const policyList: ReadModel = { ...policyListVersion, tables, filter: { categories: ['policy'] }, project }

@Injectable()
export class PolicyList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add(policyList)
  }
}

interface Known {
  readonly id: string
  readonly first_seen: number
  readonly standing: Standing
}

async function project(batch: NonEmpty<Recorded>, sql: Sql, schema: string): Promise<void> {
  // Streams of policies hold the events of policies and no others.
  const events = batch as readonly Recorded<PolicyEvent>[]
  const ids = [...new Set(events.map(idOf))]
  const rows = await sql.query<Known>(`SELECT id, first_seen, standing FROM ${schema}.policies WHERE id = ANY ($1)`, [ids])
  const known = new Map(rows.map(row => [row.id, row]))
  for (const event of events) {
    const id = idOf(event)
    const row = known.get(id)
    known.set(id, { id, first_seen: row?.first_seen ?? event.position, standing: evolveStanding(row?.standing, event) })
  }
  await sql.query(
    `INSERT INTO ${schema}.policies (id, first_seen, status, change, tags, controls, words, standing, view)
     SELECT id, first_seen, status, change, tags, controls, to_tsvector('simple', words), standing, view
     FROM jsonb_to_recordset($1) AS row (id text, first_seen bigint, status text, change text, tags text[], controls text[], words text,
          standing jsonb, view jsonb)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, change = excluded.change, tags = excluded.tags,
       controls = excluded.controls, words = excluded.words, standing = excluded.standing, view = excluded.view`,
    [JSON.stringify([...known.values()].map(rowOf))],
  )
}

function rowOf({ standing, ...row }: Known) {
  const view = viewOf(standing)
  const documents = documentsOf(view)
  return {
    ...row,
    status: view.status,
    change: view.change?.status ?? null,
    tags: [...new Set(documents.flatMap(tagsOf))],
    controls: [...new Set(documents.flatMap(({ controls = [] }) => controls))],
    words: documents.flatMap(wordsOf).join(' '),
    standing,
    view,
  }
}

/** What is tried and proposed is found as well. */
const documentsOf = ({ document, trial, change }: PolicyView): readonly PolicyDocument[] => [
  document,
  ...(trial === undefined ? [] : [trial.document]),
  ...(change === undefined ? [] : [change.document]),
]

const tagsOf = ({ tags = {} }: PolicyDocument): readonly string[] =>
  Object.entries(tags).flatMap(([key, values]) => values.flatMap(value => [`${key}:${value}`, value]))

const wordsOf = (document: PolicyDocument): readonly string[] => [
  document.id,
  document.id.replaceAll('-', ' '),
  document.title,
  document.rationale ?? '',
  ...(document.kind === 'Policy' ? document.rules.flatMap(({ id, message }) => [id, message]) : []),
]

const idOf = ({ context }: Recorded): string => decodeURIComponent(context.subject)
