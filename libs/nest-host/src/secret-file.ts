import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a file that only its owner reads, unless it is there. Many that start at once make one: each links its own under the name, and the first one
 * stays. Whether there was none. @throws what the file system throws
 */
export function makeSecretFile(file: string, text: string): boolean {
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, text, { mode: 0o600, flush: true })
    linkSync(beside, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(beside, { force: true })
  }
}
