import type { EventStore, Logger } from '@muster/event-store'
import { EVENT_STORE, LOGGER, SQL, START_WORK, type StartWork } from '@muster/nest-host'
import { migrate, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { rebuildIfLost } from './rebuild.ts'
import { migrations } from './tables.ts'

/** Makes the table, and builds it again when it is gone. */
@Injectable()
export class OpenAlerts {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SQL) sql: Sql,
    @Inject(LOGGER) logger: Logger,
    @Inject(START_WORK) startWork: StartWork,
  ) {
    startWork.add('open-alerts', async () => {
      await migrate(sql, 'alerts', migrations)
      const alerts = await rebuildIfLost(store, sql)
      if (alerts !== undefined && alerts > 0) logger.info({ alerts }, 'built the table of open alerts again from the log')
    })
  }
}
