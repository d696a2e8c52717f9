import { afterAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { kurrentdbEventStore } from '../../../libs/event-store-kurrentdb/src/index.ts'
import { kurrentdbDouble } from '../../../libs/event-store-kurrentdb/src/testing/index.ts'
import { acceptance } from './acceptance.ts'
import { fsck } from './memory.ts'
import { identityFile } from './identity.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

/* The same suite with the log on KurrentDB, by configuration alone; the server is the double. */

const double = await kurrentdbDouble({ maxAppendSize: 16 * 1024 * 1024 - 1 })
let muster: MusterProcess | undefined
let database: Awaited<ReturnType<typeof freshDatabase>> | undefined

afterAll(async () => {
  await muster?.stop()
  await database?.drop()
  await double.close()
})

acceptance('every service in one process, its log on KurrentDB', async () => {
  database = await freshDatabase(inject('databaseUrl'))
  muster = await startMuster({
    env: {
      MUSTER_DATABASE_URL: database.url,
      MUSTER_STORE: 'kurrentdb',
      MUSTER_KURRENTDB_URL: double.url,
      MUSTER_HTTP_PORT: '0',
      MUSTER_IDENTITY_FILE: identityFile(),
    },
  })
  await agreeToPolicies(muster.url)
  return muster
})

describe('Its log', () => {
  it('is sound', async () => {
    const silent = { debug() {}, info() {}, warn() {}, error() {} }
    const store = await kurrentdbEventStore({ url: double.url, now: () => new Date().toISOString(), logger: silent })
    try {
      expect(await store.head()).toBeGreaterThan(0)
      expect(await fsck(store)).toEqual([])
    } finally {
      await store.close()
    }
  })
})
