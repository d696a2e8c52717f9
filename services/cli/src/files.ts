import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { usage } from './failure.ts'
import { reasonOf } from './policies/policy-folder.ts'

/* Files that a command line names, beside the folder that it was typed in. What the system refuses is wrong usage, said with the name as it was given. */

export async function readGiven(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw usage(`${file} cannot be read (${reasonOf(error)})`)
  }
}

/** Never over what is there: it may be what somebody pinned. */
export const writeNew = (file: string, cwd: string, text: string): Promise<void> => write(file, cwd, text, 'wx')

/** A report beside the answer. Where it cannot be written the command fails, for CI would show the report of an earlier run. */
export const writeReport = (file: string, cwd: string, text: string): Promise<void> => write(file, cwd, text, 'w')

async function write(file: string, cwd: string, text: string, flag: 'w' | 'wx'): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text, { flag })
  } catch (error) {
    throw usage(`${file} cannot be written (${reasonOf(error)})`)
  }
}
