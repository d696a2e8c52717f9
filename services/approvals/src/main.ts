import { run } from '@muster/nest-host'
import { ApprovalsModule } from './approvals.module.ts'

await run(ApprovalsModule)
