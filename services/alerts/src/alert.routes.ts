import { alertKinds, AlertView, PageQuery, pageOf, type Page } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { Answers, EVENT_STORE, ProblemError, Reads, SQL } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { z } from 'zod'
import { listAlerts } from './alert-list/query.ts'
import { readAlert } from './alert.query.ts'

const AlertId = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/, 'not an id that an alert could have') })
const ListQuery = PageQuery.extend({
  status: AlertView.shape.status.optional(),
  kind: z.enum(alertKinds).optional(),
  model: z.string().min(1).optional(),
})

@Controller('v1/alerts')
export class AlertRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
  ) {}

  @Get()
  @Reads('alerts', 'alert-list')
  @Answers(200, pageOf('AlertPage', AlertView), 'Alerts, the one that was raised last first.')
  list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<AlertView>> {
    return listAlerts(this.sql, query)
  }

  @Get(':id')
  @Reads('alerts')
  @Answers(200, AlertView, 'The alert: what, why, by which policy, and what to do.')
  async read(@Param({ schema: AlertId }) { id }: z.infer<typeof AlertId>): Promise<AlertView> {
    const view = await readAlert(this.store, id)
    if (view === undefined) throw new ProblemError(404, 'not-found', `there is no alert "${id}"`)
    return view
  }
}
