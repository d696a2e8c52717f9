import { run } from '@muster/nest-host'
import { LifecycleModule } from './lifecycle.module.ts'

await run(LifecycleModule)
