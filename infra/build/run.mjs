import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setSourceMapsEnabled } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

/*
 * Runs a TypeScript entry: bundles our own code (about 0.1 s) and imports the bundle in this process.
 * There is no build step to forget, no stale cache and one pid, so that signals reach the program itself.
 * Packages stay outside the bundle and are loaded from node_modules as they are.
 *
 * Usage: node infra/build/run.mjs <entry.ts> [arguments…]
 */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const ours = /^(@muster\/|@oxc-project\/runtime|[./])/

/** Bundles `entry` (relative to the repository) into one file beside node_modules and returns its path. */
export async function bundle(entry) {
  const folder = join(root, 'node_modules/.cache/muster')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${entry.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${process.pid}.mjs`)
  const build = await rolldown({
    input: join(root, entry),
    platform: 'node',
    external: id => !ours.test(id),
    resolve: { conditionNames: ['@muster/source', 'node', 'import', 'default'] },
    tsconfig: join(root, 'tsconfig.base.json'),
    logLevel: 'warn',
  })
  await build.write({ file, format: 'esm', sourcemap: 'inline', codeSplitting: false })
  await build.close()
  return file
}

export async function run(entry) {
  setSourceMapsEnabled(true)
  const file = await bundle(entry)
  try {
    await import(pathToFileURL(file).href)
  } finally {
    rmSync(file, { force: true })
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
