import { run } from '@muster/nest-host'
import { AlertsModule } from './alerts.module.ts'

await run(AlertsModule)
