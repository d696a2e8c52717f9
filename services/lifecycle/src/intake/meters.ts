import type { Sql } from '@muster/projections'
import { Counter, Gauge, type Registry } from 'prom-client'
import { countOpen } from '../quarantine/kept.ts'
import type { Taken } from './take-in.ts'

export const INTAKE_METERS = Symbol('INTAKE_METERS')

export type Door = 'kafka' | 'http' | 'intents'

/** What intake tells of itself. */
export interface IntakeMeters {
  count(door: Door, taken: readonly Taken[]): void
}

export function makeMeters(registry: Registry, sql: Sql): IntakeMeters {
  const events = new Counter({
    name: 'muster_intake_events_total',
    help: 'Events that came in, by door and by what became of them: recorded, repeated, refused (with the reason) or withheld.',
    labelNames: ['door', 'outcome', 'reason'],
    registers: [registry],
  })
  registry.registerMetric(
    new Gauge({
      name: 'muster_quarantined',
      help: 'Messages in quarantine that nobody has replayed or discarded.',
      registers: [],
      async collect() {
        // While the database is away this figure is unknown, and the others are needed most.
        this.set(await countOpen(sql).catch(() => Number.NaN))
      },
    }),
  )
  return {
    count(door, taken) {
      for (const { verdict } of taken)
        events.inc({ door, outcome: verdict.kind, reason: verdict.kind === 'refused' ? verdict.refusal.code : '' })
    },
  }
}
