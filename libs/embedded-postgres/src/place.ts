import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyBinaries, findBinaries, linkLibraries, type Binaries } from './binaries.ts'
import { codeOf, EmbeddedPostgresError } from './error.ts'

/*
 * Where the data and the programs are, and who runs them.
 *
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of the data, at first `nobody`; that user must be able to walk
 * to both the data and the programs, which fails below a folder of mode 0700 such as root's home. What cannot be reached is put below
 * `/var/lib/muster`. Data that exists is never left behind: it is used where it is, or the start fails and says why.
 */

export type Account = { readonly uid: number; readonly gid: number }
export type Place = { readonly folder: string; readonly data: string; readonly binaries: Binaries; readonly account?: Account }

export const systemFolder = '/var/lib/muster'
const nobody: Account = { uid: 65_534, gid: 65_534 }

export async function choosePlace(
  dataDir: string,
  system: string,
  log: (line: string) => void,
  uid: number | undefined = process.getuid?.(),
): Promise<Place> {
  const asked = makeFolder(resolve(dataDir), uid)
  const found = findBinaries()
  if (uid !== 0) {
    refuseForeignData(asked, uid)
    const binaries = linkLibraries(found.folder) ? found : await copyBinaries(found, asked)
    return { folder: asked, data: join(asked, 'data'), binaries }
  }

  const folder = chooseFolder(asked, system)
  if (folder !== asked) log(`the database is in ${folder}: started by root it runs as another user, who ${because(asked)}`)
  const account = ownerOf(folder) ?? nobody
  const reachable = linkLibraries(found.folder) && programs(found).every(path => canReach(path, account))
  const binaries = reachable ? found : await copyBinaries(found, makeFolder(system, uid))
  if (!canReach(folder, account)) throw unreachable(folder, account)
  return { folder, data: join(folder, 'data'), binaries, account }
}

const because = (asked: string): string => (canReach(asked, nobody) ? `could not reach ${asked} when it was made` : `cannot reach ${asked}`)

function chooseFolder(asked: string, system: string): string {
  const owner = ownerOf(asked)
  if (owner !== undefined) {
    if (canReach(asked, owner)) return asked
    throw unreachable(asked, owner)
  }
  const moved = join(system, createHash('sha256').update(asked).digest('hex').slice(0, 16))
  if (!existsSync(join(moved, 'data')) && canReach(asked, nobody)) return asked
  return makeFolder(moved, 0)
}

/** What root makes here can be passed by others, whatever the umask: data and password inside are closed by themselves. */
function makeFolder(path: string, uid: number | undefined): string {
  try {
    const made = mkdirSync(path, { recursive: true, mode: 0o755 })
    if (made !== undefined && uid === 0) for (let each = path; each.length >= made.length; each = dirname(each)) chmodSync(each, 0o755)
    return realpathSync(path)
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `the database's folder ${path} cannot be made (${codeOf(cause)}): set MUSTER_DATA_DIR to a folder that may be written`,
      { cause },
    )
  }
}

const ownerOf = (folder: string): Account | undefined => {
  const stats = statSync(join(folder, 'data'), { throwIfNoEntry: false })
  return stats && stats.uid !== 0 ? { uid: stats.uid, gid: stats.gid } : undefined
}

function refuseForeignData(folder: string, uid: number | undefined): void {
  const stats = statSync(join(folder, 'data'), { throwIfNoEntry: false })
  if (stats === undefined || uid === undefined || stats.uid === uid) return
  throw new EmbeddedPostgresError(
    `the database in ${folder} belongs to user ${stats.uid}, not to you: start as the user who made it (root, if it was root), or set MUSTER_DATA_DIR to another folder`,
  )
}

const programs = ({ folder }: Binaries): readonly string[] =>
  ['bin/postgres', 'bin/initdb', 'lib', 'share/postgresql'].map(path => join(folder, path))

/** Whether the account may walk to the path and read and execute it. */
function canReach(path: string, account: Account): boolean {
  if (!allows(path, account, 0o5)) return false
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    if (!allows(parent, account, 0o1)) return false
    if (parent === dirname(parent)) return true
  }
}

function allows(path: string, { uid, gid }: Account, wanted: number): boolean {
  const stats = statSync(path)
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0
  return ((stats.mode >> shift) & wanted) === wanted
}

const unreachable = (folder: string, { uid }: Account): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `the database in ${folder} runs as user ${uid}, who cannot reach it: let others pass its parent folders (chmod o+x), or set MUSTER_DATA_DIR to another folder`,
  )
