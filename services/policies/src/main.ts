import { run } from '@muster/nest-host'
import { PoliciesModule } from './policies.module.ts'

await run(PoliciesModule)
