import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/*
 * Our own TypeScript as one file, in about 0.1 s. Packages stay outside and are loaded from node_modules as they are; only those that npm
 * put below one of our own packages come in, since the bundle stands elsewhere and would find another version, or none.
 */

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const ours = /^(@muster\/|@oxc-project\/runtime|[./])/

/**
 * Bundles `entry` (relative to the repository) into `file`, which stands somewhere below the repository, and returns its path. A source map that
 * is `inline` goes with the file and is held in memory by whoever runs it; `true` puts it beside.
 */
export async function bundle(entry, file = besideNodeModules(entry), sourcemap = 'inline') {
  mkdirSync(dirname(file), { recursive: true })
  const build = await rolldown({
    input: join(root, entry),
    platform: 'node',
    external: (id, importer) => !ours.test(id) && !isNested(id, importer),
    resolve: { conditionNames: ['@muster/source', 'node', 'import', 'default'] },
    tsconfig: join(root, 'tsconfig.base.json'),
    logLevel: 'warn',
  })
  await build.write({ file, format: 'esm', sourcemap, codeSplitting: false })
  await build.close()
  return file
}

/** Where a bundle finds its packages. One for each process. */
const besideNodeModules = entry => join(root, 'node_modules/.cache/muster', `${entry.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${process.pid}.mjs`)

/** Whether the importer finds the package nearer than at the repository's own node_modules. */
function isNested(id, importer) {
  if (importer === undefined || id.startsWith('node:')) return false
  const name = id.split('/', id.startsWith('@') ? 2 : 1).join('/')
  for (let folder = dirname(importer); folder.length > root.length; folder = dirname(folder))
    if (existsSync(join(folder, 'node_modules', name))) return true
  return false
}
