import { alertId, reactForAlerts } from '@muster/domain'
import type { EventStore, Logger } from '@muster/event-store'
import { isNonEmpty, type NonEmpty, type Sha256 } from '@muster/kernel'
import { causedBy, Commands, EVENT_STORE, LOGGER, SHA256, SUBSCRIPTIONS, type Subscriptions } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { AlertMessage, type AlertOrder } from './alert.handler.ts'
import { FactsReader, type Watched } from './facts.reader.ts'
import { openAlertsOf, saveOpenAlerts } from './open-alerts/rows.ts'
import { planFor } from './plan.ts'

/*
 * Raises what people must know, and ends it when the facts do.
 *
 * A batch is one step: one read of facts, one append for all alerts, and the table of what is open follows in the transaction that moves the
 * cursor. A crash in between repeats the step, and the decider answers `unchanged` to what stands already.
 */
@Injectable()
export class AlertsReactor {
  private readonly facts: FactsReader

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(SUBSCRIPTIONS) subscriptions: Subscriptions,
  ) {
    this.facts = new FactsReader(store, logger)
    subscriptions.add({
      name: 'alerts',
      filter: { categories: ['deployment', 'violation', 'endpoint', 'quarantine', 'parking'] },
      // Streams of these categories hold the events that are watched and no others.
      handle: (batch, sql) => this.handle(batch as NonEmpty<Watched>, sql),
    })
  }

  private async handle(batch: NonEmpty<Watched>, sql: Sql): Promise<void> {
    const factsOf = await this.facts.of(batch)
    const actions = batch.flatMap(cause => reactForAlerts(cause, factsOf(cause)).map(action => ({ action, cause })))
    const subjects = actions.map(({ action }) => (action.kind === 'raise' ? action.key.subject : action.subject))
    const standing = await openAlertsOf(sql, [...new Set(subjects)])
    const { steps, opened, ended } = planFor(actions, standing, key => alertId(key, this.sha256))
    await this.command(
      steps.map(({ id, command, cause }) => ({
        id,
        command,
        origin: causedBy(cause, 'alerts'),
        partitionkey: cause.context.partitionkey,
      })),
    )
    await saveOpenAlerts(sql, opened, ended)
  }

  private async command(orders: readonly AlertOrder[]): Promise<void> {
    if (!isNonEmpty(orders)) return
    const outcomes = await this.commands.send(new AlertMessage('batch', { type: 'command-alerts', orders }, orders[0].origin))
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'rejected') continue
      this.logger.info({ alert: orders[index]?.id, rejection: outcome.rejection }, 'an alert was not moved')
    }
  }
}
