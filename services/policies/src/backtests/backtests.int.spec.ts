import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BacktestDifference, BacktestView, pageOf, type PolicyDocument } from '@muster/contracts'
import { memoryEventStore, StoreUnavailable, type EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { migrate, openSql, type Database } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../../infra/test/callers.ts'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { digestOf } from '../../../../infra/test/deployments.ts'
import { accuracy, accuracyOf, auc, hasAuc, models, recordDecisions, recordEvidence, teamOf } from '../../test/history.ts'
import { PoliciesModule } from '../policies.module.ts'
import { endRun, findRun, insertRun, listDifferences, listViolations, type Run } from './rows.ts'
import { Runner } from './runner.ts'
import { readerOf } from './sandbox.ts'
import { backtestTables } from './tables.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const patience = { timeout: 20_000, interval: 50 }
const each = 100
const all = Array.from({ length: models }, (_, model) => model)

describe('A backtest', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let dir: string
  let host: CreatedHost
  let store: EventStore

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    dir = await mkdtemp(join(tmpdir(), 'policies-'))
    host = await createHost([PoliciesModule], {
      databaseUrl: database.url,
      identity: identityOf({ ana: [] }),
      settings: { MUSTER_POLICIES: dir, MUSTER_LOG_LEVEL: 'error' },
    })
    store = host.app.get<EventStore>(EVENT_STORE)
    await recordEvidence(store)
    await recordDecisions(store, each)
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
    await rm(dir, { recursive: true })
  })

  const door = () => askerOf(host.url)
  const ask = async (documents: readonly PolicyDocument[], follow = false): Promise<BacktestView> => {
    const { status, body } = await door().post('ana', '/v1/backtests', { documents, follow })
    expect(status).toBe(202)
    return BacktestView.parse(body)
  }
  const reaches = async ({ id }: BacktestView, status: BacktestView['status']): Promise<BacktestView> => {
    const read = async () => BacktestView.parse((await door().get('ana', `/v1/backtests/${id}`)).body)
    await expect.poll(async () => (await read()).status, patience).toBe(status)
    return await read()
  }
  const run = async (...documents: readonly PolicyDocument[]) => reaches(await ask(documents), 'finished')

  it('says what a stricter draft would have stopped, and what runs against it, and records nothing', async () => {
    const head = await store.head()
    const stricter = all.filter(model => accuracyOf(model) >= 0.6 && accuracyOf(model) < 0.7)
    const found = await run(accuracy(0.7))
    expect(found).toMatchObject({
      percent: 100,
      position: head,
      decisions: models * each,
      newlyBlocked: stricter.length * each,
      unchanged: (models - stricter.length) * each,
      newlyAllowed: 0,
      undecidable: 0,
      running: all.filter(model => accuracyOf(model) >= 0.6).length,
      runningViolations: stricter.length,
    })
    const ofTeam = (team: string) => stricter.filter(model => teamOf(model) === team).length * each
    for (const { name, newlyBlocked } of found.byTeam) expect(newlyBlocked).toBe(ofTeam(name))
    expect(found.byTeam).toHaveLength(3)
    expect(found.byRiskTier.map(({ name, decisions }) => [name, decisions]).toSorted()).toEqual([
      ['high', 600],
      ['limited', 600],
    ])
    expect(found.byPolicy).toMatchObject([{ name: 'accuracy', decisions: 1_200, newlyBlocked: stricter.length * each }])
    expect(found.violations[0]).toMatchObject({
      target: { environment: 'production' },
      reasons: [{ code: 'rule-failed', policy: 'accuracy', rule: 'holds', message: 'It does not separate well enough.' }],
    })
    expect(await store.head()).toBe(head)

    const page = (await door().get('ana', `/v1/backtests/${found.id}/deployments?class=newly-blocked&limit=3`)).body
    expect(pageOf('BacktestDifferencePage', BacktestDifference).parse(page).items).toHaveLength(3)
    expect(page.items[0]).toMatchObject({
      then: 'cleared',
      now: 'blocked',
      point: 'intent',
      riskTier: expect.stringMatching(/high|limited/),
      policies: ['accuracy'],
      explanation: [expect.stringMatching(/^accuracy\/holds fails: .*\(evaluation\.balancedAccuracy = 0\.6/)],
    })
    const next = (await door().get('ana', `/v1/backtests/${found.id}/deployments?limit=3&cursor=${page.next}`)).body
    expect(next.items[0].position).toBeLessThan(page.items[2].position)
    expect((await door().get('ana', `/v1/backtests/${found.id}/violations?limit=100`)).body.items).toHaveLength(stricter.length)
  })

  it('changes nothing with what was in force', async () =>
    expect(await run(accuracy(0.6))).toMatchObject({ decisions: 1_200, unchanged: 1_200, runningViolations: 0 }))

  it('says what a looser draft would have let through', async () =>
    expect(await run(accuracy(0))).toMatchObject({ newlyAllowed: 300, newlyBlocked: 0, unchanged: 900 }))

  it('folds from the log what the records do not hold, and says what nobody had recorded', async () => {
    const lacking = all.filter(model => !hasAuc(model) && accuracyOf(model) >= 0.6)
    const failing = all.filter(model => hasAuc(model) && accuracyOf(model) >= 0.6 && accuracyOf(model) + 0.1 < 0.8)
    const found = await run(auc)
    expect(found).toMatchObject({
      newlyBlocked: failing.length * each,
      undecidable: lacking.length * each,
      missing: [{ path: 'evaluation.auc', decisions: lacking.length * each }],
    })
  })

  it('is asked once over the same history', async () => {
    const first = await ask([accuracy(0.9), auc])
    expect((await ask([auc, accuracy(0.9)])).id).toBe(first.id)
    await reaches(first, 'finished')
    expect((await door().get('ana', '/v1/backtests?limit=1')).body.items).toMatchObject([{ id: first.id, policies: ['accuracy', 'auc'] }])
  })

  it('of a draft that is not good is refused with every place', async () => {
    const bad = [accuracy(0.7), { ...auc, appliesTo: 'evaluation.au > 1' }, accuracy(0.8)]
    expect(await door().post('ana', '/v1/backtests', { documents: bad })).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/documents/2/id' }, { pointer: '/documents/1/appliesTo', message: expect.stringContaining('unknown fact') }],
      },
    })
    expect(await door().get('ana', '/v1/backtests/none')).toMatchObject({ status: 404 })
  })

  it('as an experiment goes on beside what is decided, until it is cancelled', async () => {
    const experiment = await reaches(await ask([accuracy(0.7)], true), 'following')
    expect(experiment.decisions).toBe(1_200)
    await recordDecisions(store, 1, each)
    const decisions = async () => (await door().get('ana', `/v1/backtests/${experiment.id}`)).body.decisions
    await expect.poll(decisions, patience).toBe(1_212)
    expect(await door().post('ana', `/v1/backtests/${experiment.id}/cancellation`, {})).toMatchObject({
      status: 200,
      body: { status: 'cancelled' },
    })
    await recordDecisions(store, 1, each + 1)
    await host.tick('backtests')
    expect(await decisions()).toBe(1_212)
  })
})

describe('A backtest whose process is killed', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let sql: Database
  const store = memoryEventStore({ now: () => '2026-11-25T12:00:00.000Z' })
  const clock = () => '2026-11-25T13:00:00.000Z'
  const documents = [accuracy(0.7), auc]

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    sql = await openSql(database.url, { logger: silent })
    await migrate(sql, 'backtests', backtestTables)
    await recordEvidence(store)
    await recordDecisions(store, 20)
  })
  afterAll(async () => {
    await sql.close()
    await database.drop()
  })

  const ask = async (id: string): Promise<Run> =>
    insertRun(sql, {
      id,
      digest: digestOf(id),
      documents,
      follow: false,
      requestedBy: 'ana',
      requestedAt: clock(),
      head: await store.head(),
    })
  const runnerOn = (log = readerOf(store)) => new Runner({ log, sql, clock, personOf: name => name, logger: silent, page: 30 })
  const live = () => new AbortController().signal
  const everything = async (id: string) => {
    const { report, status, position, running } = (await findRun(sql, id)) ?? {}
    const pages = { limit: 500 }
    return {
      report,
      status,
      position,
      running,
      differences: await listDifferences(sql, id, pages),
      violations: await listViolations(sql, id, pages),
    }
  }

  it('goes on where it stood, and comes to the same', async () => {
    await ask('whole')
    await runnerOn().work(live())
    const whole = await everything('whole')
    expect(whole).toMatchObject({ status: 'finished', report: { decisions: 240 } })

    await ask('killed')
    let deaths = 0
    for (let reads = 0; (await findRun(sql, 'killed'))?.status !== 'finished'; reads = 0) {
      const log = readerOf(store)
      const dying =
        <Args extends unknown[], Result>(read: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          reads += 1
          if (reads > 6 + (deaths % 5)) throw new StoreUnavailable('killed')
          return await read(...args)
        }
      await runnerOn({ ...log, read: dying(log.read), readLog: dying(log.readLog) }).work(live())
      if (reads > 6 + (deaths % 5)) deaths += 1
      expect(deaths).toBeLessThan(100)
    }
    expect(deaths).toBeGreaterThan(2)
    expect(await everything('killed')).toEqual(whole)
  })

  it('is taken on by one process, however many try', async () => {
    await ask('shared')
    await Promise.all([runnerOn().work(live()), runnerOn().work(live()), runnerOn().work(live())])
    expect(await everything('shared')).toEqual({ ...(await everything('whole')) })
  })

  it('goes no further once it is cancelled', async () => {
    await ask('cancelled')
    const stopping = new AbortController()
    const log = readerOf(store)
    const readLog: typeof log.readLog = async (...args) => {
      await endRun(sql, 'cancelled', 'cancelled', clock(), null)
      return await log.readLog(...args)
    }
    await runnerOn({ ...log, readLog }).work(stopping.signal)
    expect(await findRun(sql, 'cancelled')).toMatchObject({ status: 'cancelled', position: 0, report: { decisions: 0 } })
    expect((await listDifferences(sql, 'cancelled', { limit: 10 })).items).toEqual([])
  })
})
