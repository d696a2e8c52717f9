import { run } from '@muster/nest-host'
import { modules } from './modules.ts'

await run(...modules)
