import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { factsSchema, type PolicyDocument } from '@muster/contracts'
import { examinePolicyFiles, formatDiagnostic } from '@muster/policy'

/* The policies that ship, as documents: the starter policies and the packs, folder by folder. */

const root = dirname(dirname(fileURLToPath(import.meta.url)))

export const packs: readonly string[] = readdirSync(join(root, 'packs'))
  .toSorted()
  .map(name => join('packs', name))

/** @throws Error for what a start would refuse. */
export function documentsOf(folder: string): readonly PolicyDocument[] {
  const files = readdirSync(join(root, folder))
    .filter(name => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map(name => ({ name: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }))
  const { sources, errors } = examinePolicyFiles(files, factsSchema)
  if (errors.length > 0) throw new Error(errors.map(formatDiagnostic).join('\n'))
  return sources.map(({ document }) => document)
}

export const shipped: readonly PolicyDocument[] = ['starter', ...packs].flatMap(documentsOf)
