import { afterAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { open } from './testing/fixture.ts'
import { exclusively } from './lock.ts'
import { migrate, NewerSchema } from './migrate.ts'
import type { Sql } from './sql.ts'
import { isUnavailable } from './transient.ts'

const fresh = await freshDatabase(inject('databaseUrl'))
const database = await open(fresh.url)
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

describe('The handle on a database', () => {
  it('answers numbers as numbers and instants as RFC 3339 in UTC', async () => {
    const [row] = await database.query(
      `SELECT 9007199254740991::bigint AS big, count(*) AS count, ARRAY[1, NULL, 3]::bigint[] AS list, NULL::bigint AS none,
              '2026-03-01 13:00:00.1234+01'::timestamptz AS at, ARRAY['2026-03-01 12:00:00Z']::timestamptz[] AS times, 1.50::numeric AS exact`,
      [],
    )
    expect(row).toEqual({
      big: 9007199254740991,
      count: 1,
      list: [1, null, 3],
      none: null,
      at: '2026-03-01T12:00:00.123Z',
      times: ['2026-03-01T12:00:00.000Z'],
      exact: '1.50',
    })
    await expect(database.query('SELECT 9007199254740993::bigint', [])).rejects.toThrow('too large for a number')
  })

  it('does all of a transaction or nothing, and within it a part alone', async () => {
    await database.query('CREATE TABLE notes (text text); INSERT INTO notes VALUES ($$made$$)')
    const texts = async () => (await database.query<{ text: string }>('SELECT text FROM notes ORDER BY text', [])).map(({ text }) => text)
    await expect(
      database.transaction(async tx => {
        await tx.query('INSERT INTO notes VALUES ($1)', ['lost'])
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await texts()).toEqual(['made'])

    const leaked = await database.transaction(async tx => {
      await tx.query('INSERT INTO notes VALUES ($1)', ['a'])
      await expect(
        tx.transaction(async part => {
          await part.query('INSERT INTO notes VALUES ($1)', ['b'])
          await part.query('SELECT 1 / 0', [])
        }),
      ).rejects.toThrow('division by zero')
      await tx.transaction(part => part.query('INSERT INTO notes VALUES ($1)', ['c']))
      return tx
    })
    expect(await texts()).toEqual(['a', 'c', 'made'])
    await expect(leaked.query('SELECT 1')).rejects.toThrow('has ended')
  })

  it('waits at the end of a transaction for what the work did not wait for, and does nothing of it where that failed', async () => {
    await database.query('CREATE TABLE hasty (text text)')
    const texts = async () => (await database.query<{ text: string }>('SELECT text FROM hasty ORDER BY text', [])).map(({ text }) => text)
    const add = (text: string) => database.query('INSERT INTO hasty VALUES ($1)', [text])
    await add('made')
    await database.transaction(async tx => void tx.query('INSERT INTO hasty VALUES ($1)', ['kept']))
    expect(await texts()).toEqual(['kept', 'made'])
    const failing = database.transaction(async tx => {
      await tx.query('INSERT INTO hasty VALUES ($1)', ['lost'])
      void tx.query('SELECT 1 / 0', [])
    })
    await expect(failing).rejects.toThrow('division by zero')
    const withinIt = database.transaction(async tx => {
      await tx.query('INSERT INTO hasty VALUES ($1)', ['lost too'])
      await expect(tx.transaction(async part => void part.query('SELECT 1 / 0', []))).rejects.toThrow('division by zero')
      void tx.query('INSERT INTO hasty VALUES ($1)', ['last'])
    })
    await withinIt
    expect(await texts()).toEqual(['kept', 'last', 'lost too', 'made'])
  })

  it('tells what failed, and not that everything behind it did', async () => {
    const failing = (behind: (tx: Sql) => Promise<unknown>) =>
      database.transaction(async tx => {
        void tx.query('SELECT 1 / 0', [])
        await behind(tx)
      })
    await expect(failing(tx => tx.query('SELECT 1', []))).rejects.toThrow('division by zero')
    await expect(failing(tx => tx.transaction(part => part.query('SELECT 1', [])))).rejects.toThrow('division by zero')
    await expect(failing(async tx => await tx.transaction(async () => undefined).catch(() => undefined))).rejects.toThrow(
      'division by zero',
    )
  })

  it('commits nothing where a failure was caught without a savepoint', async () => {
    const caught = database.transaction(async tx => {
      await tx.query('SELECT 1 / 0', []).catch(() => undefined)
    })
    await expect(caught).rejects.toThrow('division by zero')
  })

  it('goes on after its connections were ended', async () => {
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
    await Promise.all([1, 2, 3].map(() => database.query('SELECT pg_sleep(0.01)', [])))
    await database.query(end)
    const broken = database.transaction(async tx => {
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())', [])
    })
    expect(isUnavailable(await broken.catch((error: unknown) => error))).toBe(true)
    expect(await database.query('SELECT 1 AS one', [])).toEqual([{ one: 1 }])
    expect(await database.reachable()).toBe(true)
  })

  it('applies each migration once, however many start at once', async () => {
    const first = ['CREATE TABLE things (n int)']
    await Promise.all([1, 2, 3, 4].map(() => migrate(database, 'things', first)))
    await migrate(database, 'things', [...first, 'INSERT INTO things VALUES (1); INSERT INTO things VALUES (2)'])
    await migrate(database, 'things', [...first, 'INSERT INTO things VALUES (1); INSERT INTO things VALUES (2)'])
    expect(await database.query('SELECT n FROM things', [])).toHaveLength(2)
    await expect(migrate(database, 'things', first)).rejects.toThrow(NewerSchema)
  })

  it('refuses tables of a newer release in one sentence', async () => {
    const [known] = await database.query<{ version: number }>(`SELECT version FROM muster.schema_versions WHERE name = 'muster'`, [])
    await database.query(`UPDATE muster.schema_versions SET version = 99 WHERE name = 'muster'`)
    await expect(open(fresh.url)).rejects.toThrow(
      `tables "muster" in this database have version 99, and this release of Muster knows versions up to ${known?.version}`,
    )
    await database.query(`UPDATE muster.schema_versions SET version = $1 WHERE name = 'muster'`, [known?.version])
  })

  it('lets one at a time do what must not be done twice', async () => {
    const other = await open(fresh.url)
    let inside = 0
    let most = 0
    let done = 0
    const work = async (): Promise<void> => {
      inside += 1
      most = Math.max(most, inside)
      await database.query('SELECT pg_sleep(0.02)', [])
      inside -= 1
      done += 1
    }
    const { signal } = new AbortController()
    await Promise.all([database, other, database, other].map(each => exclusively(each, 'test', work, signal)))
    expect({ most, done }).toEqual({ most: 1, done: 4 })
    await other.close()
  })
})
