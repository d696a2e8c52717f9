import { SQL, START_WORK, type StartWork } from '@muster/nest-host'
import { migrate, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { migrations } from './tables.ts'

/** Makes the table. */
@Injectable()
export class OpenAlerts {
  constructor(@Inject(SQL) sql: Sql, @Inject(START_WORK) startWork: StartWork) {
    startWork.add('open-alerts', () => migrate(sql, 'alerts', migrations))
  }
}
