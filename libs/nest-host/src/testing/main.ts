import { run } from '@muster/nest-host'

/* A Muster without a context, as a process of its own. */
await run()
