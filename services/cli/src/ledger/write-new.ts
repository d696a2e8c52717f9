import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { usage } from '../failure.ts'
import { reasonOf } from '../policies/policy-folder.ts'

/** Never over what is there: it may be what somebody pinned. @throws Failure for wrong usage. */
export async function writeNew(file: string, cwd: string, content: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), content, { flag: 'wx' })
  } catch (error) {
    throw usage(`${file} cannot be written (${reasonOf(error)})`)
  }
}
