import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { asyncapi } from './asyncapi.ts'
import { nextLock, release, type Lock } from './lock.ts'
import { openapi } from './openapi.ts'
import { lockedSchemas, otherSchemas, schemaFile } from './schemas.ts'

/*
 * Writes what is made from the contracts into contracts/, where it is committed and read in review.
 *
 *   npm run generate                 writes
 *   npm run generate -- --release    writes, and marks every version of every event as released: from then on it never changes
 *   npm run check:generated          compares, names what is stale, exits 1
 */

const folder = 'contracts'
const lockFile = 'schema.lock.json'
const flags = process.argv.slice(2)

const before = existsSync(join(folder, lockFile)) ? (JSON.parse(readFileSync(join(folder, lockFile), 'utf8')) as Lock) : {}
const { lock, broken } = nextLock(lockedSchemas, before)
if (broken.length > 0) fail(broken)

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const yaml = (value: unknown): string =>
  `# Made by \`npm run generate\`: change what it is made from.\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`

const files = new Map<string, string>()
for (const [name, schema] of [...lockedSchemas, ...otherSchemas]) files.set(schemaFile(name), json(schema))
files.set(lockFile, json(flags.includes('--release') ? release(lock) : lock))
files.set('asyncapi.yaml', yaml(asyncapi))
files.set('openapi.yaml', yaml(openapi()))

const committed = existsSync(join(folder, 'schemas')) ? readdirSync(join(folder, 'schemas')).map(name => `schemas/${name}`) : []
const left = committed.filter(file => !files.has(file))
const stale = [...files].filter(([file, text]) => !existsSync(join(folder, file)) || readFileSync(join(folder, file), 'utf8') !== text)

if (flags.includes('--check')) {
  const named = [...stale.map(([file]) => file), ...left].map(file => `${folder}/${file} is stale: run \`npm run generate\` and commit it`)
  if (named.length > 0) fail(named)
  console.log(`${files.size} generated files are current`)
} else {
  mkdirSync(join(folder, 'schemas'), { recursive: true })
  for (const [file, text] of stale) writeFileSync(join(folder, file), text)
  for (const file of left) rmSync(join(folder, file))
  console.log(`${files.size} generated files, ${stale.length} written, ${left.length} removed`)
}

function fail(lines: readonly string[]): never {
  for (const line of lines) console.error(line)
  process.exit(1)
}
