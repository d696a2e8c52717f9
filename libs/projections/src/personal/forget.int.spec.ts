import { streamName, type AnyEvent } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { record } from '../../../../infra/test/log.ts'
import { openSql } from '../database.ts'
import { schemaOf, type ReadModel } from '../model.ts'
import type { Database } from '../sql.ts'
import { projectAll } from '../testing/index.ts'

/* A read model with personal text, in a column of jsonb and in one of text. */

const schema = schemaOf({ name: 'comments', version: 1 })
const comments: ReadModel = {
  name: 'comments',
  version: 1,
  tables: 'CREATE TABLE comments (position bigint PRIMARY KEY, by_person text NOT NULL, words text, entry jsonb NOT NULL)',
  filter: { categories: ['policy'] },
  personal: [
    { table: 'comments', column: 'words', of: 'by_person' },
    { table: 'comments', column: 'entry' },
  ],
  async project(batch, sql, schema) {
    for (const { event, position } of batch)
      if (event.type === 'policy.commented')
        await sql.query(`INSERT INTO ${schema}.comments VALUES ($1, $2, $3, $4)`, [
          position,
          event.text.of,
          event.text.personal,
          JSON.stringify({ thread: [{ said: event.text, likes: 3 }] }),
        ])
  },
}

describe('A read model with personal text', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let sql: Database
  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    sql = await openSql(database.url, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
  })
  afterAll(async () => {
    await sql.close()
    await database.drop()
  })

  const said = (of: string, personal: string): AnyEvent => ({
    type: 'policy.commented',
    digest: `sha256:${'0'.repeat(64)}`,
    text: { personal, of },
  })

  it.each([1, 3, 100])('loses what a person wrote before they were erased, and nothing else, in batches of %i', async size => {
    const store = memoryEventStore({ now: () => '2026-03-01T12:00:00.000Z' })
    await record(store, streamName('policy', 'ratio'), 'ratio', said('ana', 'Before.'), said('ben', 'Mine.'))
    await record(store, streamName('person', 'ana'), 'ana', { type: 'person.erased', person: 'ana', keys: [] })
    await record(store, streamName('policy', 'ratio'), 'ratio', said('ana', 'After.'))
    await sql.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; DELETE FROM muster.read_models; DELETE FROM muster.cursors`)
    await projectAll({ store, database: sql }, comments, size)
    const rows =
      await sql.query(`SELECT by_person, words, entry #>> '{thread,0,said,personal}' AS said, entry #> '{thread,0,likes}' AS likes
      FROM ${schema}.comments ORDER BY position`)
    expect(rows).toEqual([
      { by_person: 'ana', words: '[erased]', said: '[erased]', likes: 3 },
      { by_person: 'ben', words: 'Mine.', said: 'Mine.', likes: 3 },
      { by_person: 'ana', words: 'After.', said: 'After.', likes: 3 },
    ])
  })
})
