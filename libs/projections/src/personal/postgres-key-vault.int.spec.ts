import { memoryEventStore, personalEventStore } from '@muster/event-store'
import { eventStoreContract, keyVaultContract } from '@muster/event-store/testing'
import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { openSql } from '../database.ts'
import { masterKey } from './master-key.ts'
import { OtherMasterKey, postgresKeyVault } from './postgres-key-vault.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const database = await freshDatabase(inject('databaseUrl'))
const sql = await openSql(database.url, { logger: silent, connections: 6 })
afterAll(async () => {
  await sql.close()
  await database.drop()
})

const master = masterKey(randomBytes(32))
const open = () => postgresKeyVault({ sql, masters: [master], logger: silent })

keyVaultContract('PostgreSQL', open)

eventStoreContract('memory, with keys in PostgreSQL,', async now =>
  personalEventStore({ raw: memoryEventStore({ now }), vault: await open(), logger: silent }),
)

describe('The keys in PostgreSQL', () => {
  it('are wrapped: the table opens none of them', async () => {
    const key = (await (await open()).current(['ana'])).get('ana')
    const [row] = await sql.query<{ wrapped: Buffer }>(`SELECT wrapped FROM personal.keys WHERE person = 'ana'`, [])
    expect(row?.wrapped.includes(Buffer.from(key?.bytes ?? ''))).toBe(false)
    expect(() => masterKey(randomBytes(32)).unwrap(key?.id ?? '', row?.wrapped ?? Buffer.alloc(0))).toThrow(/authenticate/)
    expect(master.unwrap(key?.id ?? '', row?.wrapped ?? Buffer.alloc(0))).toEqual(key?.bytes)
  })

  it('are not opened by a process with another master key: it does not start', async () => {
    await open()
    await expect(postgresKeyVault({ sql, masters: [masterKey(randomBytes(32))], logger: silent })).rejects.toThrow(OtherMasterKey)
  })

  it('are wrapped anew by another master key that comes before the one of now, and then need that one no longer', async () => {
    const key = (await (await open()).current(['ana'])).get('ana')
    const next = masterKey(randomBytes(32))
    const behind = await postgresKeyVault({ sql, masters: [master, next], logger: silent })
    const ahead = await postgresKeyVault({ sql, masters: [next, master], logger: silent })
    // A process that was started before the change writes and reads beside it.
    expect((await behind.current(['ana'])).get('ana')).toEqual(key)
    const late = (await behind.current(['zoe'])).get('zoe')
    expect((await ahead.current(['zoe'])).get('zoe')).toEqual(late)
    await expect(postgresKeyVault({ sql, masters: [next], logger: silent })).rejects.toThrow(OtherMasterKey)
    await postgresKeyVault({ sql, masters: [next, master], logger: silent })
    const alone = await postgresKeyVault({ sql, masters: [next], logger: silent })
    expect(await alone.current(['ana', 'zoe'])).toEqual(
      new Map([
        ['ana', key],
        ['zoe', late],
      ]),
    )
    await postgresKeyVault({ sql, masters: [master, next], logger: silent })
  })
})
