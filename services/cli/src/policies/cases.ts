import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { FactsChange } from '@muster/contracts'
import { casesIn, parseCaseFile, type PolicyFile, type ReadCases } from '@muster/policy'
import { reasonOf } from './policy-folder.ts'

/* Files of cases, read with the files that they stand on. */

export async function readCases(files: readonly PolicyFile[], cwd: string): Promise<ReadCases> {
  const read = await Promise.all(files.map(file => readCaseFile(file, cwd)))
  return { cases: read.flatMap(({ cases }) => cases), problems: read.flatMap(({ problems }) => problems) }
}

async function readCaseFile(file: PolicyFile, cwd: string): Promise<ReadCases> {
  const parsed = parseCaseFile(file)
  const name = parsed.content?.base
  const base = name === undefined ? undefined : await readBase(join(dirname(file.name), name), cwd)
  if (base !== undefined && base.problems.length > 0) return { cases: [], problems: base.problems }
  return casesIn(file.name, parsed, base?.changes ?? [])
}

/** One file may stand on another, and that one on none. */
async function readBase(
  name: string,
  cwd: string,
): Promise<{ readonly changes: readonly FactsChange[]; readonly problems: readonly string[] }> {
  try {
    const { content, problems } = parseCaseFile({ name, text: await readFile(resolve(cwd, name), 'utf8') })
    if (content?.base !== undefined) return { changes: [], problems: [`${name}:1  a base stands on no other base`] }
    return { changes: [content?.facts ?? {}], problems }
  } catch (error) {
    return { changes: [], problems: [`${name}:1  the base cannot be read (${reasonOf(error)})`] }
  }
}
