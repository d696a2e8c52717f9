import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeTrust } from '@muster/audit'
import {
  appendLeaves,
  emptyRange,
  eventLine,
  inclusionProof,
  leafOf,
  treeHasher,
  writeKey,
  writeProofFile,
  type Hash,
} from '@muster/ledger'
import { sha256 } from '@muster/ledger-crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { history } from '../../../../libs/audit/src/testing/history.ts'
import { ledgerOf, log, nextLog, take, trust } from '../../../../libs/audit/src/testing/ledger.ts'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'

/* `muster ledger` against a server that has a small ledger, and its files checked where there is no server. */

const events = take(history(7), 40).map(({ event }) => event)
const hasher = treeHasher(sha256)
const nodes = new Map<string, Hash>()
appendLeaves(
  hasher,
  emptyRange(),
  events.map((event, index) => {
    const leaf = leafOf(sha256, event, index)
    if (!leaf.ok) throw new Error(leaf.message)
    return hasher.leaf(leaf.value.bytes)
  }),
  (level, index, hash) => nodes.set(`${level}/${index}`, hash),
)
const proofOf = (index: number): readonly Hash[] => {
  const proof = inclusionProof(hasher, ({ level, index: place }) => nodes.get(`${level}/${place}`), index, events.length)
  if (!proof.ok) throw new Error(proof.message)
  return proof.value
}

describe('muster ledger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-ledger-'))
  let note = ''
  /** Answers with the event before the one that is asked for. */
  let lies = false
  const server = createServer((request, response) => {
    const { pathname, searchParams: asked } = new URL(request.url ?? '/', 'http://localhost')
    const found = events.findIndex(({ stream, revision }) => stream === asked.get('stream') && revision === Number(asked.get('revision')))
    const index = lies ? found - 1 : found
    const first = Number(asked.get('from'))
    const answers: Readonly<Record<string, () => string>> = {
      '/v1/ledger/checkpoint': () => note,
      '/v1/ledger/keys': () => JSON.stringify({ items: [{ key: writeKey(log.key), from: 0 }] }),
      '/v1/ledger/proofs': () => writeProofFile({ index, proof: proofOf(index), checkpoint: note }),
      '/v1/ledger/events': () =>
        events
          .slice(first, Number(asked.get('to')))
          .map((event, n) => `${eventLine(event, first + n)}\n`)
          .join(''),
    }
    response.end(answers[pathname]?.())
  })
  const run = async (...words: string[]) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const terminal = fakeTerminal({ cwd: folder, env: { MUSTER_URL: url, MUSTER_TOKEN: 'token' } })
    const code = await muster(['ledger', ...words], terminal)
    return { code, out: terminal.out(), told: terminal.told() }
  }
  const change = (file: string, from: string, to: string): void => {
    const text = readFileSync(join(folder, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(folder, file), text.replace(from, to))
  }
  const last = events.at(-1) ?? events[0]
  const named = `${last?.stream}@${last?.revision}`

  beforeAll(async () => {
    for await (const each of ledgerOf(events).checkpoints()) note = each
    writeFileSync(join(folder, 'trust.json'), writeTrust(trust))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => void server.close())

  it('shows the newest checkpoint: how long the log was, who signed, and whose word that is', async () => {
    const { code, out } = await run('checkpoint')
    expect(out).toContain('40 leaves')
    expect(out).toContain('The keys are those that the server names')
    expect(code).toBe(0)
  })

  it('shows who has seen it, to whom the witnesses are known', async () => {
    const { out } = await run('checkpoint', '--keys', 'trust.json')
    expect(out).toContain('witness.example/a at 1970-01-01T00:16:40.000Z')
    expect(out).not.toContain('the server names')
  })

  it('refuses a checkpoint that keys signed whom nobody believes', async () => {
    writeFileSync(join(folder, 'others.json'), writeTrust({ ...trust, logKeys: [{ key: nextLog.key, from: 0 }], witnesses: [], quorum: 0 }))
    expect(await run('checkpoint', '--keys', 'others.json')).toMatchObject({
      code: 1,
      told: expect.stringContaining('not to be believed') as string,
    })
  })

  it('writes the keys of the server as whom to believe', async () => {
    const { code, out } = await run('keys', '--out', 'claimed.json')
    expect(out).toContain(writeKey(log.key))
    expect(code).toBe(0)
    expect((await run('checkpoint', '--keys', 'claimed.json')).code).toBe(0)
  })

  it('never writes over a file', async () =>
    expect(await run('keys', '--out', 'trust.json')).toMatchObject({
      code: 2,
      told: expect.stringContaining('cannot be written') as string,
    }))

  it('proves an event in two files, which anyone can check', async () => {
    expect(await run('proof', named, '--out', 'last')).toMatchObject({ code: 0 })
    const { code, out } = await run('check', 'last', '--keys', 'trust.json')
    expect(out).toBe(`${named} (${last?.type}) is leaf 39 of 40 leaves of muster.example/log, seen by 2 witnesses.`)
    expect(code).toBe(0)
  })

  it.each([
    ['the event was changed', 'event', '"revision":', '"revision":1', 1],
    ['the proof is of another place', 'tlog-proof', 'index 39', 'index 38', 1],
    ['the checkpoint was changed', 'tlog-proof', '\n40\n', '\n41\n', 1],
  ])('says no where %s', async (what, file, from, to, exitCode) => {
    const name = what.replaceAll(' ', '-')
    await run('proof', named, '--out', name)
    change(`${name}.${file}`, from, to)
    const { code, told } = await run('check', name, '--keys', 'trust.json')
    expect(code).toBe(exitCode)
    expect(told).not.toMatch(/^ {4}at /m)
  })

  it('refuses the proof of another event than was asked for', async () => {
    lies = true
    expect(await run('proof', named, '--out', 'another')).toMatchObject({
      code: 1,
      told: expect.stringContaining('was asked for') as string,
    })
    lies = false
  })

  it('says how an event is named', async () =>
    expect(await run('proof', 'credit')).toMatchObject({ code: 2, told: expect.stringContaining('its stream and its revision') as string }))
})
