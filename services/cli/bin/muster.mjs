#!/usr/bin/env node
import { run } from '../../../infra/build/run.mjs'

/* `muster` from our own TypeScript, wherever it is called from: what it bundles is found from this file, not from the working folder. */
await run('services/cli/src/main.ts')
