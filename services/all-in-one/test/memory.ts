import { createHash } from 'node:crypto'
import { compareRows, fsckLog, publicationOfLog, standingOfLog, toldTopics, type Finding } from '@muster/audit'
import { decode, type Cursor, type EventStore, type Recorded } from '@muster/event-store'
import { postgresEventStore } from '@muster/event-store-postgres'
import { openSql } from '@muster/projections'
import { describe, expect, it } from 'vitest'
import type { KafkaClient } from './kafka.client.ts'
import { rowsOf, sqlLists } from './lists.sql.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const patience = { timeout: 60_000, interval: 250 }
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const sentences = (findings: readonly Finding[]): string[] => findings.map(({ message }) => message)

/** Opens the log of a Muster, which may run meanwhile. */
export const openLog = (url: string) => postgresEventStore({ url, now: () => new Date().toISOString(), logger: quiet, connections: 2 })

/** The log from its beginning to where it ends by then. */
export async function* eventsOf(store: EventStore): AsyncGenerator<Recorded> {
  for (let after: Cursor | 'start' = 'start'; ;) {
    const page = await store.readLog(after, {}, 1_000)
    yield* page.map(decode)
    const last = page.at(-1)
    if (last === undefined) return
    after = last.cursor
  }
}

/** Derives everything again from the log alone: what differs. */
export async function fsck(store: EventStore): Promise<readonly string[]> {
  const log = fsckLog({ sha256 })
  const found: Finding[] = []
  for await (const recorded of eventsOf(store)) found.push(...log.see(recorded))
  return sentences([...found, ...log.end()])
}

/** What lists and views must say by the log, against what they say. */
async function fsckReadModels(store: EventStore, url: string): Promise<readonly string[]> {
  const database = await openSql(url, { logger: quiet, connections: 1 })
  try {
    const standing = standingOfLog({ checkResults: true })
    for await (const recorded of eventsOf(store)) standing.see(recorded)
    const found: Finding[] = []
    for (const list of sqlLists) found.push(...compareRows(list, await rowsOf(database, list), standing.rows(list.list)))
    return sentences(found)
  } finally {
    await database.close()
  }
}

async function fsckTopics(store: EventStore, kafka: KafkaClient): Promise<void> {
  const published = publicationOfLog()
  for await (const recorded of eventsOf(store)) published.see(recorded)
  const heard = (topic: (typeof toldTopics)[number]) =>
    kafka.received(topic).map(({ key, headers }) => ({ key: key ?? '', id: headers['ce_id'] ?? '' }))
  for (const topic of toldTopics) await expect.poll(() => sentences(published.compare(topic, heard(topic))), patience).toEqual([])
}

/** Fails with all that differs: the log in itself and, once they have caught up, the read models and what was published from it. */
export async function expectSound(url: string, kafka?: KafkaClient): Promise<void> {
  const store = await openLog(url)
  try {
    expect(await fsck(store)).toEqual([])
    await expect.poll(() => fsckReadModels(store, url), patience).toEqual([])
    if (kafka !== undefined) await fsckTopics(store, kafka)
  } finally {
    await store.close()
  }
}

/** What stands at the end of a specification, whatever happened in it. */
export function remainsSound(parts: () => { readonly url: string; readonly kafka?: KafkaClient }): void {
  describe('In the end', () => {
    it('log, read models and topics tell the same', async () => {
      const { url, kafka } = parts()
      await expectSound(url, kafka)
    })
  })
}
