import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { isOfCases, type PolicyFile } from '@muster/policy'
import { usage } from '../failure.ts'

/*
 * A folder of policies as a server reads it: YAML at any depth, in the order of their names, and nothing that begins with a dot. Files that
 * end in `.cases.yaml` are no policies: they say what the policies beside them must answer.
 */

export interface PolicyFolder {
  readonly policies: readonly PolicyFile[]
  readonly cases: readonly PolicyFile[]
}

/** Of one file: itself, with what is beside it for it, be it policies or their cases. */
export async function readPolicyFolder(path: string, cwd: string): Promise<PolicyFolder> {
  const at = resolve(cwd, path)
  const read = async (name: string): Promise<PolicyFile> => ({ name, text: await readFile(resolve(cwd, name), 'utf8') })
  try {
    const names = (await stat(at)).isDirectory()
      ? (await readdir(at, { recursive: true }))
          .filter(name => ['.yaml', '.yml'].includes(extname(name)) && !name.split(/[/\\]/).some(part => part.startsWith('.')))
          .toSorted()
          .map(name => join(path, name))
      : await withItsOther(path, at)
    const files = await Promise.all(names.map(read))
    return { policies: files.filter(({ name }) => !isOfCases(name)), cases: files.filter(({ name }) => isOfCases(name)) }
  } catch (error) {
    throw usage(`${path} cannot be read (${reasonOf(error)})`)
  }
}

async function withItsOther(path: string, at: string): Promise<readonly string[]> {
  const stem = (name: string): string => name.replace(/(\.cases)?\.ya?ml$/, '')
  const beside = (await readdir(dirname(at))).filter(name => /\.ya?ml$/.test(name) && isOfCases(name) !== isOfCases(path))
  const others = beside.filter(name => stem(name) === stem(basename(path)))
  return [path, ...others.map(name => join(dirname(path), name))]
}

export const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
