import { run } from '@muster/nest-host'
import { DeploymentsModule } from './deployments.module.ts'

await run(DeploymentsModule)
