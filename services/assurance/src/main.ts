import { run } from '@muster/nest-host'
import { AssuranceModule } from './assurance.module.ts'

await run(AssuranceModule)
