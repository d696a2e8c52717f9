import { METRICS, SQL, START_WORK, type StartWork } from '@muster/nest-host'
import { migrate, type Sql } from '@muster/projections'
import { Inject, Module } from '@nestjs/common'
import type { Registry } from 'prom-client'
import { EventRoutes } from './events.routes.ts'
import { INTAKE_METERS, makeMeters } from './intake/meters.ts'
import { IntentRoutes } from './intent.routes.ts'
import { LifecycleConsumer } from './lifecycle.consumer.ts'
import { QuarantineHandler } from './quarantine.handler.ts'
import { QuarantineRoutes } from './quarantine.routes.ts'
import { QuarantineErasures } from './quarantine/erasures.ts'
import { quarantineTables } from './quarantine/tables.ts'

/** What does the platform say happened? The one way in. */
@Module({
  controllers: [EventRoutes, IntentRoutes, QuarantineRoutes],
  providers: [
    { provide: INTAKE_METERS, useFactory: (registry: Registry, sql: Sql) => makeMeters(registry, sql), inject: [METRICS, SQL] },
    LifecycleConsumer,
    QuarantineHandler,
    QuarantineErasures,
  ],
})
export class LifecycleModule {
  constructor(@Inject(START_WORK) startWork: StartWork, @Inject(SQL) sql: Sql) {
    startWork.add('lifecycle tables', () => migrate(sql, 'lifecycle', quarantineTables))
  }
}
