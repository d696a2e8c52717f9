import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, root } from './bundle.mjs'

/*
 * For images: `services/<name>/dist/main.mjs` of every service that has a `src/main.ts`. It is started by `node`, beside the packages of
 * `npm ci --omit=dev`, and compiles nothing.
 *
 * Usage: node infra/build/build.mjs [service…]
 */

const asked = process.argv.slice(2)
const services = asked.length > 0 ? asked : readdirSync(join(root, 'services'))
for (const service of services) {
  const entry = `services/${service}/src/main.ts`
  if (!existsSync(join(root, entry))) {
    if (asked.length === 0) continue
    console.error(`there is no ${entry}`)
    process.exit(1)
  }
  await bundle(entry, join(root, `services/${service}/dist/main.mjs`), true)
  console.log(`services/${service}/dist/main.mjs`)
}
