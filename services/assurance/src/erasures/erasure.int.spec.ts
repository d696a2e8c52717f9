import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamName, type ApprovalRequired } from '@muster/contracts'
import { ApprovalsModule } from '@muster/approvals'
import { ComplianceModule } from '@muster/compliance'
import type { EventStore } from '@muster/event-store'
import {
  leafOf,
  readCheckpointText,
  readEventLine,
  readNote,
  readProofFile,
  treeHasher,
  verifyInclusion,
  type Result,
} from '@muster/ledger'
import { createHost, EVENT_STORE, RAW_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../../infra/test/callers.ts'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { eventually } from '../../../../infra/test/eventually.ts'
import { digestOf, target } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { AssuranceModule } from '../assurance.module.ts'

/* Two processes on one PostgreSQL: what people wrote in one of them is erased, and found nowhere in either. */

const hers = 'My sister was refused a loan by this model.'
const his = 'The evidence was read.'
const question: Omit<ApprovalRequired, 'type'> = {
  approvalId: 'credit-v1.1',
  target,
  about: { kind: 'deployment', id: 'credit-v1' },
  digest: digestOf('credit-v1'),
  changed: [],
  approvalRules: [{ id: 'high-risk', version: 1, digest: digestOf('high-risk') }],
  needs: [{ role: 'model-risk', count: 2 }],
  excluded: [],
  unmapped: [],
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const hasher = treeHasher(sha256)

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.message)
  return result.value
}

const checkpointIn = (proof: string) => valueOf(readCheckpointText(valueOf(readNote(valueOf(readProofFile(proof)).checkpoint)).text))

describe('An erasure', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  const folder = mkdtempSync(join(tmpdir(), 'muster-erasure-'))
  let ahead = 0
  let hosts: CreatedHost[]
  let doors: ReturnType<typeof askerOf>[]
  let sql: Sql
  let raw: EventStore
  let backup: { readonly id: string; readonly wrapped: Buffer } | undefined

  const identity = identityOf({ ana: ['model-risk'], ben: ['model-risk'], petra: ['privacy-officer'] })
  const start = (): Promise<CreatedHost> =>
    createHost([AssuranceModule, ApprovalsModule, ComplianceModule], {
      databaseUrl: database.url,
      identity,
      clock: () => new Date(Date.now() + ahead).toISOString(),
      settings: { MUSTER_DATA_DIR: folder },
    })

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    hosts = [await start(), await start()]
    doors = hosts.map(({ url }) => askerOf(url))
    const [host] = hosts
    if (host === undefined) throw new Error('no host')
    sql = host.app.get<Sql>(SQL)
    raw = host.app.get<EventStore>(RAW_STORE)
    const store = host.app.get<EventStore>(EVENT_STORE)

    const asked = await record(store, streamName('deployment', 'credit-v1'), 'credit', {
      type: 'deployment.approval-required',
      ...question,
    })
    await door(0).get('ana', `/v1/approvals/credit-v1.1?after=${asked}`)
    for (const [as, reason] of [
      ['ana', hers],
      ['ben', his],
    ] as const) {
      const signature = { verdict: 'approve', role: 'model-risk', digest: question.digest, reason }
      expect(await door(0).post(as, '/v1/approvals/credit-v1.1/signatures', signature)).toMatchObject({ status: 201 })
    }
    const text = { personal: hers, of: 'ana' }
    await record(store, streamName('policy', 'ratio'), 'ratio', { type: 'policy.commented', digest: digestOf('ratio'), text })
  })
  afterAll(async () => {
    await Promise.all(hosts.map(host => host.stop()))
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  const door = (index: number): ReturnType<typeof askerOf> => {
    const found = doors[index]
    if (found === undefined) throw new Error(`there is no door ${index}`)
    return found
  }
  /** All that people can ask for, of every process. */
  const said = async (after: number): Promise<string> => {
    const paths = [`/v1/approvals?after=${after}`, `/v1/approvals/credit-v1.1?after=${after}`, `/v1/log?after=0`]
    const answers = await Promise.all(doors.flatMap(each => paths.map(path => each.get('ben', path))))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    return JSON.stringify(answers.map(({ body }) => body as unknown))
  }
  /** Every column of every table, as a dump has it. */
  const tablesWith = async (text: string): Promise<string[]> => {
    const tables = await sql.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
      [],
    )
    const hex = Buffer.from(text).toString('hex')
    const found: string[] = []
    for (const { name } of tables) {
      const rows = await sql.query<{ hit: boolean }>(
        `SELECT true AS hit FROM ${name} AS t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0`,
        [text, hex],
      )
      if (rows.length > 0) found.push(name)
    }
    return found
  }

  const text = async (path: string): Promise<string | undefined> => {
    const response = await fetch(`${hosts[0]?.url}${path}`, { headers: { authorization: 'Bearer token-of-ben' } })
    return response.status === 200 ? await response.text() : undefined
  }
  /** Of her signature, by a checkpoint over all that is there now. */
  const proofOfSignature = async (): Promise<string> => {
    const { length } = await raw.readLog('start', {}, 100)
    const path = `/v1/ledger/proofs?stream=${streamName('approval', 'credit-v1.1')}&revision=1`
    const covers = (proof: string): boolean => checkpointIn(proof).size >= length
    // Checkpoints come seconds apart.
    ahead += 10_000
    return await eventually(async () => {
      const proof = await text(path)
      return proof !== undefined && covers(proof) ? proof : undefined
    }, 'a checkpoint over the whole log')
  }
  /** Whether the proof holds over the event as the ledger gives it now. */
  const holds = async (proof: string): Promise<boolean> => {
    const file = valueOf(readProofFile(proof))
    const { size, root } = checkpointIn(proof)
    const line = await text(`/v1/ledger/events?from=${file.index}&to=${file.index + 1}`)
    const { event, index } = valueOf(readEventLine(line?.trimEnd() ?? ''))
    expect(event).toMatchObject({ stream: 'approval-credit-v1.1', revision: 1 })
    const { bytes } = valueOf(leafOf(sha256, event, index))
    return verifyInclusion(hasher, { leaf: hasher.leaf(bytes), index, size, root, proof: file.proof }).ok
  }

  it('is for privacy officers', async () => {
    expect(await door(0).get('ana', '/v1/erasures/ana')).toMatchObject({ status: 403 })
    expect(await door(0).post('ana', '/v1/erasures/ana', {})).toMatchObject({ status: 403 })
  })

  it('says beforehand what it would take, and that takes nothing', async () => {
    const { body } = await door(1).get('petra', '/v1/erasures/ana')
    expect(body).toMatchObject({ person: 'ana', readable: 2, erased: 0, inClear: 0, erasures: [] })
    expect(body.events).toEqual({ 'approval.signed.v1': 1, 'policy.commented.v1': 1 })
    const before = await said(await raw.head())
    expect(before).toContain(hers)
    expect(await tablesWith(hers)).toEqual(['approval_list_v1.approvals'])
  })

  it('leaves nothing of the text in any table or answer, and everything else as it was', async () => {
    const stored = await raw.readLog('start', {}, 100)
    const proof = await proofOfSignature()
    backup = (await sql.query<NonNullable<typeof backup>>(`SELECT id, wrapped FROM personal.keys WHERE person = 'ana'`, []))[0]
    const erased = await door(0).post('petra', '/v1/erasures/ana', { reason: 'She asked for it.' })
    expect(erased).toMatchObject({
      status: 201,
      body: { readable: 0, erased: 2, erasures: [{ person: 'ana', by: 'petra', keys: 1, reason: 'She asked for it.' }] },
    })
    const after = await said(erased.position)
    expect(after).not.toContain(hers)
    expect(after).toContain('[erased]')
    expect(after).toContain(his)
    expect(await tablesWith(hers)).toEqual([])
    expect(await tablesWith(his)).toEqual(['approval_list_v1.approvals'])
    expect(await door(1).get('ben', '/v1/approvals/credit-v1.1')).toMatchObject({
      body: {
        status: 'granted',
        signatures: [{ by: 'ana', verdict: 'approve', reason: { personal: '[erased]', of: 'ana' } }, { by: 'ben' }],
      },
    })
    expect(await holds(proof)).toBe(true)
    expect(await holds(await proofOfSignature())).toBe(true)
    // To the byte, so that whatever was hashed of it is so still.
    expect((await raw.readLog('start', {}, 100)).slice(0, stored.length)).toEqual(stored)
  })

  it('is recorded once, however often it is asked for', async () => {
    const head = await raw.head()
    expect(await door(1).post('petra', '/v1/erasures/ana', {})).toMatchObject({ status: 200, body: { readable: 0 } })
    expect(await raw.head()).toBe(head)
    expect((await door(1).get('petra', '/v1/erasures')).body.items).toMatchObject([{ person: 'ana', keys: 1 }])
  })

  it('is done again at the start after a backup brought the key back', async () => {
    await sql.query(`UPDATE personal.keys SET wrapped = $2, destroyed_at = NULL WHERE id = $1`, [backup?.id, backup?.wrapped])
    hosts.push(await start())
    expect(await sql.query(`SELECT 1 FROM personal.keys WHERE id = $1 AND wrapped IS NULL`, [backup?.id])).toHaveLength(1)
  })
})
