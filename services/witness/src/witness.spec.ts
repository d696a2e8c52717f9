import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  appendLeaves,
  consistencyProof,
  emptyRange,
  noEdge,
  growTiles,
  nodesOfTiles,
  openCheckpoint,
  rootOf,
  signCheckpoint,
  treeHasher,
  writeAddCheckpoint,
  writeKey,
  type Tile,
  type Trust,
} from '@muster/ledger'
import { sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cosignedIn, type Cosigned } from './cosigned.ts'
import { signer } from '../../../libs/ledger/src/testing/log.ts'
import { makeKeyFile, readLogs, readSigner } from './keys.ts'
import { addCheckpoint, type WitnessParts } from './witness.ts'

const hasher = treeHasher(sha256)
const origin = 'example.org/log'
const leavesOf = (size: number, story: string) => Array.from({ length: size }, (_, index) => hasher.leaf(Buffer.from(`${story} ${index}`)))

describe('A witness', () => {
  let folder: string
  let count = 0
  let parts: WitnessParts
  const log = signer('log', origin, 1)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-witness-'))
    makeKeyFile(join(folder, 'key'), 'witness.example.com')
  })
  afterAll(() => rm(folder, { recursive: true }))

  const witness = (cosigned: Cosigned = cosignedIn(join(folder, `state-${count++}`))): WitnessParts => ({
    hasher,
    verify: verifyEd25519,
    signer: readSigner(join(folder, 'key')),
    logs: readLogs([writeKey(log.key)]),
    cosigned,
    now: () => Date.parse('2026-11-25T12:00:00Z'),
    tell() {},
  })
  const checkpoint = (size: number, story = 'one') =>
    signCheckpoint({ origin, size, root: rootOf(hasher, appendLeaves(hasher, emptyRange(), leavesOf(size, story))), extensions: [] }, [log])
  const shown = async (to: WitnessParts, old: number, size: number, story = 'one') => {
    const { tiles } = growTiles(hasher, noEdge, leavesOf(size, story))
    const proof = consistencyProof(hasher, nodesOfTiles(hasher, tiles as readonly Tile[]), Math.min(old, size), size)
    const request = writeAddCheckpoint({ old, proof: proof.ok ? proof.value : [], checkpoint: checkpoint(size, story) })
    return await addCheckpoint(to, Buffer.from(request))
  }

  it('cosigns what continues what it saw, with the time', async () => {
    parts = witness()
    for (const [old, size] of [
      [0, 3],
      [3, 3],
      [3, 300],
    ] as const) {
      const { status, body } = await shown(parts, old, size)
      expect(status).toBe(200)
      const trust: Trust = {
        origin,
        logKeys: [{ key: log.key, from: 0 }],
        witnesses: [{ name: 'witness.example.com', keys: [parts.signer.key] }],
        quorum: 1,
      }
      const opened = openCheckpoint(verifyEd25519, trust, checkpoint(size) + body)
      expect(opened).toMatchObject({ ok: true })
      if (opened.ok) expect([...opened.value.cosignedBy]).toEqual([['witness.example.com', Date.parse('2026-11-25T12:00:00Z') / 1_000]])
    }
  })

  it('refuses another history, of the same size or a larger one, though the log has signed it', async () => {
    parts = witness()
    await shown(parts, 0, 10)
    expect((await shown(parts, 10, 10, 'another')).status).toBe(422)
    expect((await shown(parts, 10, 20, 'another')).status).toBe(422)
    expect((await shown(parts, 10, 20)).status).toBe(200)
  })

  it('says how far it has seen when it is shown less, or not from there on', async () => {
    parts = witness()
    await shown(parts, 0, 10)
    expect(await shown(parts, 0, 10)).toEqual({ status: 409, body: '10\n' })
    expect(await shown(parts, 5, 20)).toEqual({ status: 409, body: '10\n' })
    expect((await shown(parts, 10, 5)).status).toBe(400)
  })

  it('knows after a restart what it cosigned before', async () => {
    const there = join(folder, `state-${count++}`)
    await shown(witness(cosignedIn(there)), 0, 10)
    const again = witness(cosignedIn(there))
    expect(await shown(again, 0, 20, 'another')).toEqual({ status: 409, body: '10\n' })
    expect((await shown(again, 10, 20)).status).toBe(200)
  })

  it('that is two processes on one folder tells one story', async () => {
    const there = join(folder, `state-${count++}`)
    const stories = ['one', 'another']
    const answers = await Promise.all(stories.map(story => shown(witness(cosignedIn(there)), 0, 10, story)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('keeps what it cosigns before it answers', async () => {
    const cosigned = cosignedIn(join(folder, `state-${count++}`))
    const failing = witness({ ...cosigned, advance: () => Promise.reject(new Error('the disk is full')) })
    await expect(shown(failing, 0, 10)).rejects.toThrow('the disk is full')
    expect((await cosigned.latest(origin)).head).toBeUndefined()
  })

  it('whose state is damaged cosigns nothing', async () => {
    const there = join(folder, `state-${count++}`)
    await shown(witness(cosignedIn(there)), 0, 10)
    await writeFile(join(there, encodeURIComponent(origin), '000000000001'), 'something')
    await expect(shown(witness(cosignedIn(there)), 10, 20)).rejects.toThrow(/is damaged/)
  })

  it.each([
    ['nothing', '', 400],
    ['no checkpoint', 'old 0\n\n', 400],
    [
      'the checkpoint of a log that it does not know',
      `old 0\n\n${signCheckpoint({ origin: 'example.com/other', size: 0, root: hasher.empty, extensions: [] }, [signer('log', 'example.com/other', 3)])}`,
      404,
    ],
  ])('refuses %s', async (_, request, status) => {
    expect((await addCheckpoint(witness(), Buffer.from(request))).status).toBe(status)
  })

  it('refuses what the log has not signed', async () => {
    const forged = signCheckpoint({ origin, size: 3, root: hasher.empty, extensions: [] }, [signer('log', origin, 2)])
    expect((await addCheckpoint(witness(), Buffer.from(`old 0\n\n${forged}`))).status).toBe(403)
  })
})
