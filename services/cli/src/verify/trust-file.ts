import { readTrust } from '@muster/audit'
import type { Trust } from '@muster/ledger'
import { sha256 } from '@muster/ledger-crypto'
import { usage } from '../failure.ts'
import { readGiven } from '../files.ts'

/** Whom the auditor believes, as the file says it. @throws Failure for wrong usage when it cannot be read. */
export async function trustIn(file: string, cwd: string): Promise<Trust> {
  const trust = readTrust(sha256, await readGiven(file, cwd))
  if (!trust.ok) throw usage(`${file} does not say whom to believe: ${trust.message}`)
  return trust.value
}
