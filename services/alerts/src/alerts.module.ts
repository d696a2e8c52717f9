import { Module } from '@nestjs/common'
import { AlertHandler } from './alert.handler.ts'
import { AlertList } from './alert-list/projection.ts'
import { AlertRoutes } from './alert.routes.ts'
import { AlertsPublication } from './alerts.publication.ts'
import { AlertsReactor } from './alerts.reactor.ts'
import { OpenAlerts } from './open-alerts/open-alerts.ts'

/** Who must know? */
@Module({ controllers: [AlertRoutes], providers: [AlertHandler, OpenAlerts, AlertsReactor, AlertList, AlertsPublication] })
export class AlertsModule {}
