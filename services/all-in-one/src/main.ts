import { run } from '@muster/nest-host'

await run()
