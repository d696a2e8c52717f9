import { rmSync } from 'node:fs'
import module from 'node:module'
import { join, resolve } from 'node:path'
import { setSourceMapsEnabled } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle, root } from './bundle.mjs'

export { bundle }

/*
 * Runs a TypeScript entry: bundles our own code and imports the bundle in this process. There is no build step to forget, no stale cache
 * and one pid, so that signals reach the program itself.
 *
 * Usage: node infra/build/run.mjs <entry.ts> [arguments…]
 */

/** Bundles `entry` (relative to the repository) and imports it. Resolves when it has run, or is ready if it stays. */
export async function run(entry) {
  setSourceMapsEnabled(true)
  // Node 22 and newer keep what they compiled.
  module.enableCompileCache?.(join(root, 'node_modules/.cache/node'))
  const file = await bundle(entry)
  const remove = () => rmSync(file, { force: true })
  // The program may end the process before its import is done.
  process.once('exit', remove)
  try {
    await import(pathToFileURL(file).href)
  } finally {
    remove()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...rest] = process.argv.slice(2)
  if (entry === undefined) {
    console.error('usage: node infra/build/run.mjs <entry.ts> [arguments…]')
    process.exit(2)
  }
  process.argv = [process.argv[0], resolve(root, entry), ...rest]
  await run(entry)
}
