import { postgresEventStore } from '@muster/event-store-postgres'
import { describe, expect, it } from 'vitest'
import { fsck, readAll } from './fsck.ts'
import { fsckPublished } from './fsck.published.ts'
import { fsckReadModels } from './fsck.read-models.ts'
import type { KafkaClient } from './kafka.client.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const patience = { timeout: 60_000, interval: 250 }

/** Opens the log of a Muster, which may run meanwhile. */
export const openLog = (url: string) => postgresEventStore({ url, now: () => new Date().toISOString(), logger: quiet, connections: 2 })

/** Fails with all that differs: the log in itself and, once they have caught up, the read models and what was published from it. */
export async function expectSound(url: string, kafka?: KafkaClient): Promise<void> {
  const store = await openLog(url)
  try {
    expect(await fsck(store)).toEqual([])
    await expect.poll(() => fsckReadModels(store, url), patience).toEqual([])
    if (kafka === undefined) return
    const log = await readAll(store)
    for (const topic of ['muster.decisions', 'muster.alerts'] as const)
      await expect.poll(() => fsckPublished(topic, log, kafka.received(topic)), patience).toEqual([])
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
