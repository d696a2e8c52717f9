import { once } from 'node:events'
import type { Server } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeEvent, streamName, toWireType, type AnyEvent } from '@muster/contracts'
import { memoryEventStore, type EventStore, type NewEvent } from '@muster/event-store'
import { kurrentdbEventStore } from '@muster/event-store-kurrentdb'
import { postgresEventStore } from '@muster/event-store-postgres'
import {
  leafOf,
  openCheckpoint,
  readKey,
  readTilePath,
  rootOf,
  appendLeaves,
  emptyRange,
  tilePath,
  tilesOf,
  treeHasher,
  verifyProofFile,
  type Trust,
  leafText,
  writeKey,
  writeSecretKey,
} from '@muster/ledger'
import { publicKeyOf, sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { createHost, type CreatedHost } from '@muster/nest-host'
import { migrate, openSql, type Database } from '@muster/projections'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { identityOf } from '../../../../infra/test/callers.ts'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { eventually } from '../../../../infra/test/eventually.ts'
import { kurrentdbDouble } from '../../../../libs/event-store-kurrentdb/src/testing/index.ts'
import { cosignedIn } from '../../../witness/src/cosigned.ts'
import { makeKeyFile, readLogs, readSigner } from '../../../witness/src/keys.ts'
import { witnessServer } from '../../../witness/src/witness.ts'
import { AssuranceModule } from '../assurance.module.ts'
import { readLedgerKeys, type LedgerKeys } from './key-file.ts'
import { lastPublished, publishing } from './publishing.ts'
import { sealing } from './sealing.ts'
import { migrations } from './tables.ts'
import { readHead } from './tile-rows.ts'
import { witnesses } from './witnesses.ts'

const hasher = treeHasher(sha256)
const logger = pino({ level: 'silent' })
const clock = () => '2026-11-25T12:00:00.000Z'
const parts = { hasher, sha256, verify: verifyEd25519, clock }

/** Twenty times as fast as time: what waits for five seconds is due in a quarter of one. */
const started = Date.now()
const hasty = (): string => new Date(started + 20 * (Date.now() - started)).toISOString()

/** The n-th event of a log, always the same. */
function eventAt(n: number): { readonly stream: ReturnType<typeof streamName>; readonly revision: number; readonly event: NewEvent } {
  const name = `model-${n % 40}`
  const revision = Math.floor(n / 40)
  const happened: AnyEvent =
    revision === 0 ? { type: 'model.registered' } : { type: 'model.registered', intendedUse: `for the ${revision}. time` }
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const { type, data } = encodeEvent(happened)
  const context = { id, source: '/test', type: toWireType(type), subject: name, partitionkey: name, time: clock(), correlationid: id }
  return { stream: streamName('model', name), revision, event: { id, type, data, context } }
}

async function append(store: EventStore, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 40) {
    const [first, ...rest] = Array.from({ length: Math.min(40, to - n) }, (_, place) => {
      const { stream, revision, event } = eventAt(n + place)
      return { stream, expected: revision === 0 ? ('no-stream' as const) : revision - 1, events: [event] as [NewEvent] }
    })
    if (first !== undefined) await store.append([first, ...rest])
  }
}

/** The root as RFC 6962 defines it, of all that the store has. */
async function rootOfAll(store: EventStore): Promise<string> {
  let range = emptyRange()
  for (let position = 0; ;) {
    const events = await store.readLog(position === 0 ? 'start' : store.cursorAt(position), {}, 500)
    if (events.length === 0) return Buffer.from(rootOf(hasher, range)).toString('hex')
    range = appendLeaves(
      hasher,
      range,
      events.map((event, place) => {
        const leaf = leafOf(sha256, event, range.end + place)
        if (!leaf.ok) throw new Error(leaf.message)
        return hasher.leaf(leaf.value.bytes)
      }),
    )
    position = events.at(-1)?.position ?? position
  }
}

describe('The ledger', () => {
  const undo: (() => Promise<unknown>)[] = []
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-ledger-'))
    undo.push(() => rm(folder, { recursive: true }))
  })
  afterAll(async () => {
    for (const each of undo.toReversed()) await each()
  })

  async function openDatabase(): Promise<{ readonly url: string; readonly sql: Database }> {
    const database = await freshDatabase(inject('databaseUrl'))
    const sql = await openSql(database.url, { logger })
    undo.push(
      () => database.drop(),
      () => sql.close(),
    )
    await migrate(sql, 'ledger', migrations)
    return { url: database.url, sql }
  }
  const settingsOf = (keyFile: string) =>
    ({ ledger: { keyFile, witnesses: [] }, data: { dir: folder }, database: {} }) as unknown as Parameters<typeof readLedgerKeys>[1]
  let keyFiles = 0
  /** Made as a first start makes it. */
  function newKeys(): LedgerKeys {
    const dir = join(folder, `keys-${keyFiles++}`)
    return readLedgerKeys(sha256, { ...settingsOf(''), ledger: { witnesses: [] }, data: { dir } }, logger)
  }
  const sealAll = async (store: EventStore, sql: Database): Promise<void> => {
    const sequencer = sealing(store, sql, parts)
    while ((await sequencer.sealBatch()) > 0);
  }
  const rootIn = async (sql: Database): Promise<string> => Buffer.from((await readHead(sql))?.root ?? []).toString('hex')

  it('has the same root for the same recorded events, whichever store they are in', async () => {
    const [one, two, three] = [await openDatabase(), await openDatabase(), await openDatabase()]
    const double = await kurrentdbDouble()
    const memory = memoryEventStore({ now: clock })
    const postgres = await postgresEventStore({ url: two.url, now: clock, logger })
    const kurrentdb = await kurrentdbEventStore({ url: double.url, now: clock, logger })
    undo.push(
      async () => double.close(),
      () => kurrentdb.close(),
      () => postgres.close(),
    )
    for (const [store, { sql }] of [
      [memory, one],
      [postgres, two],
      [kurrentdb, three],
    ] as const) {
      // In two goes, so that a tree that is resumed is among them.
      await append(store, 0, 200)
      await sealAll(store, sql)
      await append(store, 200, 320)
      await sealAll(store, sql)
    }
    const expected = await rootOfAll(memory)
    expect([await rootIn(one.sql), await rootIn(two.sql), await rootIn(three.sql)]).toEqual([expected, expected, expected])
  })

  it('is sealed once by two sequencers at once, one of which loses its connections again and again', async () => {
    const { url, sql } = await openDatabase()
    const other = await openSql(url, { logger })
    undo.push(() => other.close())
    const store = memoryEventStore({ now: clock })
    const over = new AbortController()
    const sealer = async (database: Database): Promise<void> => {
      const sequencer = sealing(store, database, parts)
      for (let more = 1; !over.signal.aborted || more > 0;) more = await sequencer.sealBatch().catch(() => 1)
    }
    const killer = async (): Promise<void> => {
      while (!over.signal.aborted) {
        await sql
          .query(
            `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'muster' and datname = current_database() and pid <> pg_backend_pid()`,
            [],
          )
          .catch(() => undefined)
        await new Promise(resolve => setImmediate(resolve))
      }
    }
    const writer = async (): Promise<void> => {
      for (let n = 0; n < 2_000; n += 40) {
        await append(store, n, n + 40)
        await new Promise(resolve => setImmediate(resolve))
      }
      over.abort()
    }
    await Promise.all([sealer(sql), sealer(other), killer(), writer()])
    const leaves = await sql.query<{ index: number; stream: string; revision: number }>(
      'select index, stream, revision from ledger.leaves order by index',
      [],
    )
    expect(leaves).toHaveLength(2_000)
    expect(await rootIn(sql)).toBe(await rootOfAll(store))
  })

  it('is sealed by nobody from where another sequencer has moved on between the read and the lock', async () => {
    const { sql } = await openDatabase()
    const store = memoryEventStore({ now: clock })
    await append(store, 0, 80)
    const overtaken: EventStore = {
      ...store,
      async readLog(after, filter, limit) {
        const events = await store.readLog(after, filter, limit)
        await sealAll(store, sql)
        return events
      },
    }
    expect(await sealing(overtaken, sql, parts).sealBatch()).toBe(0)
    expect([(await readHead(sql))?.size, await rootIn(sql)]).toEqual([80, await rootOfAll(store)])
  })

  it('is sealed and signed by one at a time: whoever comes second waits, and finds it done', async () => {
    const { url, sql } = await openDatabase()
    const other = await openSql(url, { logger })
    undo.push(() => other.close())
    const store = memoryEventStore({ now: clock })
    await append(store, 0, 80)
    /** The first has done all but the commit when the second begins, and commits when that one waits. */
    const oneBehindTheOther = async <T>(work: (database: Database) => Promise<T>): Promise<readonly T[]> => {
      let second: Promise<T> | undefined
      const first = work({
        ...sql,
        transaction: inside =>
          sql.transaction(async tx => {
            const done = await inside(tx)
            second = work(other)
            second.catch(() => undefined)
            await eventually(async () => {
              const [waits] = await sql.query(
                `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
                [],
              )
              return waits
            }, 'the second to wait')
            return done
          }),
      })
      return [await first, await (second ?? first)]
    }
    expect(await oneBehindTheOther(database => sealing(store, database, parts).sealBatch())).toEqual([80, 0])
    const keys = newKeys()
    const signed = await oneBehindTheOther(database => publishing(database, keys, parts).publish())
    expect(signed.map(published => published?.size)).toEqual([80, 80])
    expect(signed[1]?.note).toBe(signed[0]?.note)
  })

  it('is signed as it grows, by two publishers at once, and each checkpoint continues the one before', async () => {
    const { url, sql } = await openDatabase()
    const other = await openSql(url, { logger })
    undo.push(() => other.close())
    const store = memoryEventStore({ now: clock })
    const keys = newKeys()
    let second = 0
    const later = { ...parts, clock: () => new Date(Date.parse(clock()) + 6_000 * second++).toISOString() }
    const publishers = [publishing(sql, keys, later), publishing(other, keys, later)]
    for (let n = 0; n < 1_200; n += 200) {
      await append(store, n, n + 200)
      await sealAll(store, sql)
      await Promise.all(publishers.map(publisher => publisher.publish()))
    }
    const notes = await sql.query<{ size: number; note: string }>('select size, note from ledger.checkpoints order by size', [])
    expect(notes.map(({ size }) => size)).toEqual([200, 400, 600, 800, 1_000, 1_200])
    const trust: Trust = { origin: keys.origin, logKeys: [{ key: keys.signers[0].key, from: 0 }], witnesses: [], quorum: 0 }
    for (const { note } of notes) expect(openCheckpoint(verifyEd25519, trust, note).ok).toBe(true)
    expect(await readFile(keys.checkpointFile, 'utf8')).toBe(notes.at(-1)?.note)
  })

  it('is not signed more often than every five seconds or 1,000 events', async () => {
    const { sql } = await openDatabase()
    const store = memoryEventStore({ now: clock })
    let now = Date.parse(clock())
    const publisher = publishing(sql, newKeys(), { ...parts, clock: () => new Date(now).toISOString() })
    const sizes: number[] = []
    for (const [events, passed] of [
      [40, 0],
      [80, 4_999],
      [120, 5_000],
      [1_119, 5_001],
      [1_120, 5_002],
    ] as const) {
      await append(store, sizes.length === 0 ? 0 : Math.ceil((await store.head()) / 40) * 40, Math.ceil(events / 40) * 40)
      await sealAll(store, sql)
      now = Date.parse(clock()) + passed
      sizes.push((await publisher.publish())?.size ?? 0)
    }
    expect(sizes).toEqual([40, 40, 120, 1_120, 1_120])
  })

  it('gets no signature when the database was put back to an older state, or holds another history', async () => {
    const keys = newKeys()
    const [before, after] = [await openDatabase(), await openDatabase()]
    const store = memoryEventStore({ now: clock })
    await append(store, 0, 400)
    await sealAll(store, before.sql)
    await publishing(before.sql, keys, parts).publish()

    const shorter = memoryEventStore({ now: clock })
    await append(shorter, 0, 200)
    await sealAll(shorter, after.sql)
    await expect(publishing(after.sql, keys, parts).publish()).rejects.toThrow(
      /a tree of 400 leaves was signed, and the database has only 200: it was restored/,
    )
    const altered = memoryEventStore({ now: () => '2026-11-25T13:00:00.000Z' })
    await append(altered, 0, 800)
    const another = await openDatabase()
    await sealAll(altered, another.sql)
    await expect(publishing(another.sql, keys, parts).publish()).rejects.toThrow(/does not continue what was signed/)
    expect(await lastPublished(another.sql)).toBeUndefined()
  })

  it('tells at its start that the database was put back, though nothing new came: to what it was, or to nothing', async () => {
    const keys = newKeys()
    const [whole, older, empty] = [await openDatabase(), await openDatabase(), await openDatabase()]
    const store = memoryEventStore({ now: clock })
    await append(store, 0, 200)
    await sealAll(store, older.sql)
    await publishing(older.sql, newKeys(), parts).publish()
    await append(store, 200, 400)
    await sealAll(store, whole.sql)
    await publishing(whole.sql, keys, parts).publish()

    await expect(publishing(older.sql, keys, parts).publish()).rejects.toThrow(
      /a tree of 400 leaves was signed, and the database has only 200/,
    )
    await expect(publishing(empty.sql, keys, parts).publish()).rejects.toThrow(/has only 0/)
    expect((await publishing(whole.sql, keys, parts).publish())?.size).toBe(400)
  })

  it('stops when somebody changed a tile, and when an event is not what Muster writes', async () => {
    const { sql } = await openDatabase()
    const store = memoryEventStore({ now: clock })
    await append(store, 0, 100)
    await sealAll(store, sql)
    await sql.query(`update ledger.tiles set hashes = overlay(hashes placing '\\x00' from 3)`, [])
    await append(store, 100, 120)
    await expect(sealAll(store, sql)).rejects.toThrow('do not have the root that was sealed at 100 leaves')

    const foreign = memoryEventStore({ now: clock })
    const { stream, event } = eventAt(0)
    await foreign.append([{ stream, expected: 'no-stream', events: [{ ...event, data: '{"b":1,"a":2}' }] }])
    await expect(sealAll(foreign, (await openDatabase()).sql)).rejects.toThrow('an event of the log cannot be sealed')
  })

  describe('over HTTP', () => {
    let host: CreatedHost
    let get: (path: string) => Promise<{ status: number; bytes: Buffer }>
    let keyFile: string
    let databaseUrl: string

    beforeAll(async () => {
      const database = await freshDatabase(inject('databaseUrl'))
      databaseUrl = database.url
      const keys = newKeys()
      keyFile = keys.checkpointFile.replace(/\.checkpoint$/, '')
      host = await createHost([AssuranceModule], {
        databaseUrl: database.url,
        identity: identityOf({ ana: [] }),
        clock: hasty,
        settings: { MUSTER_LEDGER_KEY_FILE: keyFile },
      })
      undo.push(
        () => database.drop(),
        () => host.stop(),
      )
      get = async path => {
        const response = await fetch(`${host.url}${path}`, { headers: { authorization: 'Bearer token-of-ana' } })
        return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
      }
      const store = await postgresEventStore({ url: database.url, now: () => new Date().toISOString(), logger })
      undo.push(() => store.close())
      await append(store, 0, 600)
    })

    it('gives what an auditor needs to come to the signed root: keys, tiles, leaves, events and proofs', async () => {
      const note = await eventually(async () => {
        const { status, bytes } = await get('/v1/ledger/checkpoint')
        const size = Number(bytes.toString().split('\n')[1])
        return status === 200 && size > 600 ? bytes.toString() : undefined
      }, 'a checkpoint of all events')
      const { items } = JSON.parse((await get('/v1/ledger/keys')).bytes.toString()) as { items: { key: string; from: number }[] }
      const key = readKey(sha256, items[0]?.key ?? '')
      if (!key.ok) throw new Error(key.message)
      const trust: Trust = { origin: key.value.name, logKeys: [{ key: key.value, from: 0 }], witnesses: [], quorum: 0 }
      const opened = openCheckpoint(verifyEd25519, trust, note)
      if (!opened.ok) throw new Error(opened.message)
      const { size, root } = opened.value.checkpoint

      const lines = (await get(`/v1/ledger/events?from=0&to=${size}`)).bytes.toString().split('\n').slice(0, -1)
      const ofModel = (await get('/v1/ledger/events?from=200&to=400&model=model-7')).bytes.toString().split('\n').slice(0, -1)
      expect(ofModel).toEqual(lines.slice(200, 400).filter(line => JSON.parse(line).context.partitionkey === 'model-7'))
      expect(ofModel).toHaveLength(5)

      const leaves = lines.map((line, index) => {
        const { context, data, id, recordedtime, revision, stream, type } = JSON.parse(line)
        const leaf = leafOf(sha256, { context, data: JSON.stringify(data), id, recordedtime, revision, stream, type }, index)
        if (!leaf.ok) throw new Error(leaf.message)
        return leaf.value
      })
      const range = appendLeaves(
        hasher,
        emptyRange(),
        leaves.map(({ bytes }) => hasher.leaf(bytes)),
      )
      expect(Buffer.from(rootOf(hasher, range))).toEqual(Buffer.from(root))

      for (const place of tilesOf(size)) {
        const { status, bytes } = await get(`/v1/ledger/${tilePath(place)}`)
        expect([status, bytes.length, readTilePath(tilePath(place)).ok]).toEqual([200, place.width * 32, true])
      }
      const entries = await get('/v1/ledger/tile/entries/000')
      expect(entries.bytes.toString()).toContain(leafText(leaves[255]?.leaf as never))

      const proof = (await get('/v1/ledger/proofs?stream=model-model-7&revision=3')).bytes
      const place = leaves.find(({ leaf }) => leaf.stream === 'model-model-7' && leaf.revision === 3)
      expect(verifyProofFile({ hasher, verify: verifyEd25519, trust }, place?.bytes ?? new Uint8Array(), proof)).toMatchObject({
        ok: true,
        value: { index: place?.leaf.index },
      })
    })

    it.each([
      ['tile/0/009', 404, 'yet'],
      ['tile/0/1', 404, 'a tile is at'],
      ['tile/entries/x000/000', 404, 'entries are at'],
      ['proofs?stream=model-nobody&revision=0', 404, 'has no leaf'],
      ['events?from=-1&to=3', 400, '/from'],
    ])('refuses %s with %i', async (path, status, words) => {
      const answer = await get(`/v1/ledger/${path}`)
      expect([answer.status, answer.bytes.toString()]).toEqual([status, expect.stringContaining(words)])
    })

    it('is signed by the next key too while the file has both, and by the next alone when the old one is gone', async () => {
      const old = (await readFile(keyFile, 'utf8')).trim()
      const { origin } = readLedgerKeys(sha256, settingsOf(keyFile), logger)
      const next = writeSecretKey(sha256, publicKeyOf, 'log', origin, new Uint8Array(32).fill(9))
      const keysIn = async (): Promise<{ from: number; through?: number }[]> =>
        JSON.parse((await get('/v1/ledger/keys')).bytes.toString()).items
      const restartWith = async (...lines: string[]): Promise<void> => {
        await host.stop()
        await writeFile(keyFile, `${lines.join('\n')}\n`)
        host = await createHost([AssuranceModule], {
          databaseUrl,
          identity: identityOf({ ana: [] }),
          clock: hasty,
          settings: { MUSTER_LEDGER_KEY_FILE: keyFile },
        })
      }
      await restartWith(old, next)
      const [, added] = await eventually(async () => ((await keysIn()).length === 2 ? await keysIn() : undefined), 'the next key')
      expect(added?.from).toBeGreaterThan(600)
      const signatures = async (): Promise<readonly number[]> => {
        const { items } = JSON.parse((await get('/v1/ledger/checkpoints')).bytes.toString()) as { items: { note: string }[] }
        return items.map(({ note }) => note.split('\n').filter(line => line.startsWith('— ')).length)
      }
      await eventually(async () => ((await signatures()).includes(2) ? true : undefined), 'a checkpoint that both have signed')
      await restartWith(next)
      const [retired] = await eventually(
        async () => ((await keysIn())[0]?.through === undefined ? undefined : await keysIn()),
        'the end of the old key',
      )
      expect(retired?.through).toBeGreaterThanOrEqual(added?.from ?? 0)
      expect((await signatures()).at(0)).toBe(1)
    })
  })

  it('is shown to witnesses, has the cosignatures of those who answer, and catches up with one that was away', async () => {
    const { sql } = await openDatabase()
    const store = memoryEventStore({ now: clock })
    const keys = newKeys()
    const publisher = publishing(sql, keys, { ...parts, clock: () => new Date().toISOString() })
    const witness = (name: string) => {
      const keyFile = join(folder, `${name}.key`)
      const key = readKey(sha256, makeKeyFile(keyFile, name))
      if (!key.ok) throw new Error(key.message)
      const server = witnessServer({
        hasher,
        verify: verifyEd25519,
        signer: readSigner(keyFile),
        logs: readLogs(keys.signers.map(signer => writeKey(signer.key))),
        cosigned: cosignedIn(join(folder, name)),
        now: Date.now,
        tell() {},
      })
      return { server, key: key.value }
    }
    const [one, two] = [witness('one.example.org'), witness('two.example.org')]
    const portOf = async (server: Server): Promise<number> => {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      undo.push(async () => server.close())
      return (server.address() as AddressInfo).port
    }
    const url = `http://127.0.0.1:${await portOf(one.server)}/`
    const addresses = [
      { url, key: one.key },
      { url: 'http://127.0.0.1:9/', key: two.key },
    ]
    const trust: Trust = {
      origin: keys.origin,
      logKeys: [{ key: keys.signers[0].key, from: 0 }],
      witnesses: [one, two].map(({ key }) => ({ name: key.name, keys: [key] as const })),
      quorum: 1,
    }
    const show = async (from: number, to: number, shownTo: typeof addresses) => {
      await append(store, from, to)
      await sealAll(store, sql)
      const published = await publisher.publish()
      if (published === undefined) throw new Error('nothing was published')
      const said = await witnesses(sql, keys, shownTo, { hasher, verify: verifyEd25519, logger }).show(published)
      const opened = openCheckpoint(verifyEd25519, trust, (await lastPublished(sql))?.note ?? '')
      return [Object.fromEntries(said), opened.ok ? [...opened.value.cosignedBy.keys()].toSorted() : opened.message]
    }
    expect(await show(0, 400, addresses)).toEqual([{ 'one.example.org': 'cosigned', 'two.example.org': 'away' }, ['one.example.org']])
    const back = [
      { url, key: one.key },
      { url: `http://127.0.0.1:${await portOf(two.server)}/`, key: two.key },
    ]
    expect(await show(400, 2_000, back)).toEqual([
      { 'one.example.org': 'cosigned', 'two.example.org': 'cosigned' },
      ['one.example.org', 'two.example.org'],
    ])
  })
})
