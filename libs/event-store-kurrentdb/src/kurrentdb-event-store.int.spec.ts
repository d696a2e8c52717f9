import type { Logger } from '@muster/event-store'
import { eventStoreContract } from '@muster/event-store/testing'
import type { Clock } from '@muster/kernel'
import { afterAll, afterEach } from 'vitest'
import { kurrentdbEventStore, type KurrentdbEventStore } from './kurrentdb-event-store.ts'
import { kurrentdbDouble } from './testing/index.ts'

/*
 * The contract, on a real server when `MUSTER_TEST_KURRENTDB=esdb://…` names one, else on the double. Neither is emptied: a store begins
 * behind what is there.
 */

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const real = process.env['MUSTER_TEST_KURRENTDB']
const double = real === undefined ? await kurrentdbDouble({ maxAppendSize: 16 * 1024 * 1024 - 1 }) : undefined
const url = real ?? double?.url ?? ''
afterAll(() => double?.close())

const open: KurrentdbEventStore[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(store => store.close()))
})

async function openStore(now: Clock, origin: number): Promise<KurrentdbEventStore> {
  const store = await kurrentdbEventStore({ url, now, logger: silent, origin })
  open.push(store)
  return store
}

eventStoreContract('KurrentDB', async now => {
  const before = await openStore(now, 0)
  return await openStore(now, await before.head())
})
