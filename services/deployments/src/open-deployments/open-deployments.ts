import { factsSchema } from '@muster/contracts'
import { evidenceVersion } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import { CLOCK, EVENT_STORE, LOGGER, METRICS, PEOPLE, SQL, START_WORK, type People, type StartWork } from '@muster/nest-host'
import { engineVersion } from '@muster/policy'
import { migrate, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { rebuild } from './rebuild.ts'
import { askRecheck, settingsChanged } from './rechecks.ts'
import { cursorPosition, oldestUndecided, progressOf } from './rows.ts'
import { migrations } from './tables.ts'

/**
 * Makes the table of what is open, builds it again when it is gone, and has everything looked at anew after a start with other people in the
 * settings, or with a release that evaluates otherwise.
 */
@Injectable()
export class OpenDeployments {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SQL) sql: Sql,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
    @Inject(METRICS) registry: Registry,
    @Inject(PEOPLE) people: People,
    @Inject(START_WORK) startWork: StartWork,
  ) {
    startWork.add('open-deployments', async () => {
      await migrate(sql, 'deployments', migrations)
      await sql.transaction(async tx => {
        const through = await cursorPosition(tx)
        if (through > 0 && (await progressOf(tx)) === undefined) {
          const rows = await rebuild(store, tx, through, clock())
          logger.info({ rows }, 'built the table of open deployments again from the log')
        }
        const settings = `${people.fingerprint} policy ${engineVersion} facts ${factsSchema.version} evidence ${evidenceVersion}`
        const progress = await progressOf(tx)
        if ((await settingsChanged(tx, settings)) && progress !== undefined)
          await askRecheck(tx, { event: progress.event, correlation: progress.event }, {})
      })
    })

    const undecided = new Gauge({
      name: 'muster_oldest_undecided_intent_seconds',
      help: 'Age of the oldest deployment that is neither cleared nor ended; 0 when there is none.',
      registers: [registry],
      async collect() {
        const openedAt = await oldestUndecided(sql)
        undecided.set(openedAt === undefined ? 0 : Math.max(0, (Date.parse(clock()) - Date.parse(openedAt)) / 1_000))
      },
    })
  }
}
