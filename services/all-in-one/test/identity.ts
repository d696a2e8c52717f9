import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reviewers } from '../../../infra/test/agree.ts'
import { identityOf } from '../../../infra/test/callers.ts'

/** The people of the tests, and further ones without a role, as a file that `MUSTER_IDENTITY_FILE` names: JSON is YAML. */
export function identityFile(...others: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'muster-identity-')), 'identity.yaml')
  const people = { tom: [], ...reviewers }
  writeFileSync(file, JSON.stringify(identityOf({ ...people, ...Object.fromEntries(others.map(person => [person, []])) })))
  return file
}
