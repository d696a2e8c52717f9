import { decode, largestBatch, type EventStore } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { subscriptionOf, type ReadModel } from '../model.ts'
import { prepareReadModel } from '../read-model.ts'
import type { Database } from '../sql.ts'

/** For tests of one read model: makes its tables and projects the whole log into them, in batches of `size`, without a subscription. */
export async function projectAll(
  { store, database }: { readonly store: EventStore; readonly database: Database },
  model: ReadModel,
  size: number = largestBatch,
): Promise<void> {
  await prepareReadModel({ store, database, now: () => new Date().toISOString() }, model)
  const { filter, handle } = subscriptionOf(model)
  for (let after = 'start'; ;) {
    const batch = (await store.readLog(after, filter, size)).map(decode)
    if (!isNonEmpty(batch)) return
    await database.transaction(sql => handle(batch, sql))
    after = batch.at(-1)?.cursor ?? after
  }
}
