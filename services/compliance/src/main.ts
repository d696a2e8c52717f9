import { run } from '@muster/nest-host'
import { ComplianceModule } from './compliance.module.ts'

await run(ComplianceModule)
