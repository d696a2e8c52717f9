import { createHash } from 'node:crypto'
import { streamName, type AnyEvent, type StreamName } from '@muster/contracts'
import { decode, memoryEventStore, type Cursor } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import type { Commands, Subscriptions } from '@muster/nest-host'
import { migrate, openSql, type Database, type Subscription } from '@muster/projections'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { policy, published } from '../../../libs/domain/src/testing/policies.ts'
import { DeploymentHandler, DeploymentMessage } from './deployment.handler.ts'
import { DeploymentsReactor } from './deployments.reactor.ts'
import { migrations } from './open-deployments/tables.ts'
import { ViolationHandler, ViolationMessage } from './violation.handler.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

describe('Two processes that hold the subscription in turn', () => {
  const clock = () => new Date().toISOString()
  const store = memoryEventStore({ now: clock })
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let sql: Database
  let cursor: Cursor | 'start' = 'start'

  /** A process of its own: its memory is its own, the log and the tables are shared. */
  const process = (): Subscription => {
    const added: Subscription[] = []
    const subscriptions: Subscriptions = { add: subscription => void added.push(subscription) }
    const commands = {
      send: (message: DeploymentMessage | ViolationMessage) =>
        message instanceof DeploymentMessage
          ? new DeploymentHandler(store, clock).execute(message)
          : new ViolationHandler(store, clock).execute(message),
    } as unknown as Commands
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
    const people = { fingerprint: '', personOf: (name: string) => name }
    const reactor = new DeploymentsReactor(store, clock, sha256, people, commands, pino({ level: 'silent' }), new Registry(), subscriptions)
    const [subscription] = added
    if (subscription === undefined) throw new Error(`${reactor.constructor.name} subscribes to nothing`)
    return subscription
  }
  /** Handles what is new, as whoever holds the subscription would. */
  const lead = async (subscription: Subscription, options: { rolledBack?: boolean } = {}) => {
    const events = await store.readLog(cursor, subscription.filter, 1_000)
    const batch = events.map(decode)
    if (!isNonEmpty(batch)) return
    const step = sql.transaction(async tx => {
      await subscription.handle(batch, tx)
      if (options.rolledBack === true) throw new Error('rolled back')
    })
    if (options.rolledBack === true) {
      await expect(step).rejects.toThrow('rolled back')
      return
    }
    await step
    cursor = events.at(-1)?.cursor ?? cursor
  }
  const happen = (stream: StreamName, ...events: [AnyEvent, ...AnyEvent[]]) => record(store, stream, 'credit', ...events)
  const evaluate = (balancedAccuracy: number) =>
    happen(streamName('version', 'credit', '1'), { type: 'version.evaluated', dataset: { name: 'holdout' }, balancedAccuracy })
  const declare = (id: string, endpoint = 'desk', version = '1') =>
    happen(streamName('intent', id), {
      type: 'intent.declared',
      model: 'credit',
      version,
      environment: 'production',
      endpoint,
      requestedBy: 'rita',
    })
  const statusOf = async (id: string) => (await store.read([streamName('deployment', id)])).map(event => decode(event).event.type).at(-1)

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    sql = await openSql(database.url, { logger: quiet })
    await migrate(sql, 'deployments', migrations)
    await happen(streamName('model', 'credit'), { type: 'model.registered' })
    for (const endpoint of ['desk', 'shadow']) await happen(streamName('endpoint', 'production', endpoint), { type: 'endpoint.registered' })
    await happen(streamName('dataset', 'train'), { type: 'dataset.registered' })
    await happen(streamName('dataset', 'holdout'), { type: 'dataset.registered' })
    await happen(
      streamName('version', 'credit', '1'),
      { type: 'version.registered', artifact: { digest: digestOf('credit') }, holdout: { name: 'holdout' } },
      { type: 'version.trained', trainedBy: ['tom'], endedAt: '2026-01-30T00:00:00Z', datasets: [{ name: 'train', role: 'training' }] },
    )
    await happen(streamName('policy', 'accuracy'), published(policy({ appliesTo: 'true', assert: 'evaluation.balancedAccuracy >= 0.6' })))
    await evaluate(0.7)
  })
  afterAll(async () => {
    await sql.close()
    await database.drop()
  })

  it('decide on what is so, and not on what they remember from when they held it before', async () => {
    const [one, other] = [process(), process()]
    await declare('before')
    await lead(one)
    expect(await statusOf('before')).toBe('deployment.cleared')
    await evaluate(0.1)
    await lead(other)
    expect(await statusOf('before')).toBe('deployment.revoked')
    await declare('after')
    await lead(one)
    expect(await statusOf('after')).toBe('deployment.blocked')
  })

  it('keep the deadline of what was revoked, even if they look at it before', async () => {
    const one = process()
    await sql.query(`update deployments.open_deployments set due_at = now() where id = 'before'`, [])
    await sql.transaction(async tx => one.tick?.(tx, () => false))
    const [row] = await sql.query<{ due: string; by: string }>(
      `select due_at as due, remediate_by as by from deployments.open_deployments where id = 'before'`,
      [],
    )
    expect(Date.parse(row?.by ?? '')).toBeGreaterThan(Date.now())
    expect(row?.due).toBe(row?.by)
  })

  it('decide nothing twice when a step was rolled back after its events were appended', async () => {
    const one = process()
    await evaluate(0.9)
    await declare('again')
    await lead(one, { rolledBack: true })
    const stood = await store.head()
    await lead(one)
    expect(await statusOf('again')).toBe('deployment.cleared')
    expect(await store.head()).toBe(stood)
  })

  it('check exactly once those whom a change affects, though the first was stopped behind an append and before its commit', async () => {
    await evaluate(0.9)
    const affected = Array.from({ length: 60 }, (_, index) => `affected-${index}`)
    for (const id of affected) await declare(id)
    await declare('elsewhere', 'shadow')
    const [one, other] = [process(), process()]
    await lead(one)
    const document = policy({
      id: 'later',
      mode: 'warn',
      appliesTo: "intent.endpoint == 'desk'",
      assert: 'evaluation.balancedAccuracy >= 0.99',
    })
    await happen(streamName('policy', 'later'), published(document))
    await lead(one)
    const checksOf = async (id: string) =>
      (await store.read([streamName('deployment', id)])).filter(({ type }) => type.startsWith('deployment.checked')).length
    expect(await checksOf('affected-59')).toBe(1)

    await expect(
      sql.transaction(async tx => {
        await one.tick?.(tx, () => false)
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    const appended = await store.head()
    while ((await sql.transaction(async tx => other.tick?.(tx, () => false))) !== undefined);
    expect(await Promise.all(affected.map(checksOf))).toEqual(affected.map(() => 2))
    expect(await checksOf('elsewhere')).toBe(1)
    expect(await store.head()).toBeGreaterThan(appended)
    expect(await sql.query('select 1 from deployments.rechecks', [])).toEqual([])
  })

  it('say of what runs elsewhere under no clearance that it is cleared for another place, once it is', async () => {
    const one = process()
    await happen(streamName('endpoint', 'production', 'elsewhere'), { type: 'endpoint.registered' })
    await happen(streamName('endpoint', 'production', 'elsewhere'), {
      type: 'rollout.observed',
      model: 'credit',
      version: '2',
      artifact: { digest: digestOf('second') },
    })
    await happen(
      streamName('version', 'credit', '2'),
      { type: 'version.registered', artifact: { digest: digestOf('second') }, holdout: { name: 'holdout' } },
      { type: 'version.trained', trainedBy: ['tom'], endedAt: '2026-01-30T00:00:00Z', datasets: [{ name: 'train', role: 'training' }] },
      { type: 'version.evaluated', dataset: { name: 'holdout' }, balancedAccuracy: 0.9 },
    )
    await lead(one)
    const kinds = async () =>
      (await store.read([streamName('violation', 'production', 'elsewhere')])).map(event => {
        const { event: found } = decode(event)
        return found.type === 'violation.found' ? found.kind : found.type
      })
    expect(await kinds()).toEqual(['no-clearance'])
    await declare('second', 'desk', '2')
    await lead(one)
    expect(await statusOf('second')).toBe('deployment.cleared')
    expect(await kinds()).toEqual(['no-clearance', 'violation.ended', 'other-place'])
  })
})
