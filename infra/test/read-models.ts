import type { AnyEvent, StreamName } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import type { ReadModels } from '@muster/nest-host'
import { openSql, type Database, type ReadModel } from '@muster/projections'
import { rowsAfter } from '@muster/projections/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { freshDatabase } from './database.ts'
import { record } from './log.ts'

/* What every read model keeps, for histories and cuts made at random, on a real PostgreSQL. */

/** Each in its order, as its provider adds it. */
export function modelsOf(...providers: readonly (new (readModels: ReadModels) => object)[]): readonly ReadModel[] {
  const added: ReadModel[] = []
  for (const provider of providers) Reflect.construct(provider, [{ add: (model: ReadModel) => void added.push(model) }])
  return added
}

/** Opened before the specifications of this block, and dropped behind them. */
export function inFreshDatabase(): { readonly database: Database } {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let database: Database
  beforeAll(async () => {
    fresh = await freshDatabase(inject('databaseUrl'))
    database = await openSql(fresh.url, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
  })
  afterAll(async () => {
    await database.close()
    await fresh.drop()
  })
  return {
    get database() {
      return database
    },
  }
}

export type Step = readonly [StreamName, AnyEvent]

interface Histories {
  /** Of every history. */
  readonly beginning: readonly Step[]
  readonly steps: fc.Arbitrary<Step>
  readonly runs: number
  /** What is tried besides: how a history goes on, and the sizes of its batches. */
  readonly examples?: [history: Step[], sizes: number[]][]
  /** Columns that two builds need not share. */
  readonly except?: readonly string[]
}

/** The rows are those of one event at a time, wherever the log is cut into batches. */
export async function expectSameRowsHoweverCut(
  database: Database,
  model: ReadModel,
  { beginning, steps, runs, examples = [], except = [] }: Histories,
): Promise<void> {
  const histories = fc.array(steps, { minLength: 5, maxLength: 30 })
  const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(histories, cuts, async (history, sizes) => {
      const store = memoryEventStore({ now: () => new Date().toISOString() })
      for (const [stream, event] of [...beginning, ...history]) await record(store, stream, 'credit', event)
      const one = await rowsAfter({ store, database }, model, [1], except)
      expect(await rowsAfter({ store, database }, model, sizes, except)).toEqual(one)
    }),
    // A history that differs is told within the time of a test, as short as it was made until then.
    { numRuns: runs, examples, interruptAfterTimeLimit: 40_000 },
  )
}
