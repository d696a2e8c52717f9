import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * One temporary folder for a whole run. A database that a test started is not its child and outlives a test that was killed, but its
 * command line names its folder: at the end whatever runs below ours is ended, and the folder goes. Only Linux can be asked so.
 */

/** Also where everything that we start puts its temporary files from now on. Other users may walk through: databases run as one. */
export function makeRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  return folder
}

export function clearRunFolder(folder) {
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter(name => /^\d+$/.test(name)) : []) {
    if (Number(pid) === process.pid || !commandOf(pid).includes(`${folder}/`)) continue
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // It ended between the two looks.
  }
}
