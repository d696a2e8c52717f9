import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readTrust } from '@muster/audit'
import type { Trust } from '@muster/ledger'
import { sha256 } from '@muster/ledger-crypto'
import { usage } from '../failure.ts'
import { reasonOf } from '../policies/policy-folder.ts'

/** Whom the auditor believes, as the file says it. @throws Failure for wrong usage when it cannot be read. */
export async function trustIn(file: string, cwd: string): Promise<Trust> {
  let text: string
  try {
    text = await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw usage(`${file} cannot be read (${reasonOf(error)})`)
  }
  const trust = readTrust(sha256, text)
  if (!trust.ok) throw usage(`${file} does not say whom to believe: ${trust.message}`)
  return trust.value
}
