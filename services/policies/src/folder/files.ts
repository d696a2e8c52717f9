import { readdir, readFile } from 'node:fs/promises'
import { dirname, extname, join, relative } from 'node:path'
import { StartError } from '@muster/nest-host'
import { casesIn, isOfCases, parseCaseFile, type PolicyFile, type ReadCases } from '@muster/policy'

export interface FolderFiles {
  readonly policies: readonly PolicyFile[]
  /** What the policies must answer. */
  readonly cases: ReadCases
}

/** YAML files at any depth, in the order of their names. What begins with a dot is not looked at. @throws StartError where it cannot be read. */
export async function readFolder(dir: string): Promise<FolderFiles> {
  const files = await filesOf(dir)
  return { policies: files.filter(({ name }) => !isOfCases(name)), cases: casesAmong(files.filter(({ name }) => isOfCases(name))) }
}

async function filesOf(dir: string): Promise<PolicyFile[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true })
    const names = entries
      .filter(entry => !entry.isDirectory() && ['.yaml', '.yml'].includes(extname(entry.name)))
      .map(entry => relative(dir, join(entry.parentPath, entry.name)))
      .filter(name => !name.split(/[/\\]/).some(part => part.startsWith('.')))
      .toSorted()
    return await Promise.all(names.map(async name => ({ name: join(dir, name), text: await readFile(join(dir, name), 'utf8') })))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`the folder of policies cannot be read (${reason}): set MUSTER_POLICIES to one that can`, { cause: error })
  }
}

/** Files may stand on another of the folder, and that one on none. */
function casesAmong(files: readonly PolicyFile[]): ReadCases {
  const parsed = new Map(files.map(file => [file.name, parseCaseFile(file)]))
  const read = [...parsed].map(([name, file]): ReadCases => {
    const { base } = file.content ?? {}
    if (base === undefined) return casesIn(name, file, [])
    const under = parsed.get(join(dirname(name), base))
    if (under === undefined) return { cases: [], problems: [`${name}:1  there is no ${base} beside it`] }
    if (under.content?.base !== undefined) return { cases: [], problems: [`${name}:1  its base stands on another base`] }
    return casesIn(name, file, [under.content?.facts ?? {}])
  })
  return { cases: read.flatMap(({ cases }) => cases), problems: [...new Set(read.flatMap(({ problems }) => problems))] }
}
