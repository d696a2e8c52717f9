import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { usage } from '../failure.ts'
import { reasonOf } from './policy-folder.ts'

/** A report beside the answer. Where it cannot be written the command fails, for CI would show the report of an earlier run. */
export async function writeReport(file: string, cwd: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text)
  } catch (error) {
    throw usage(`${file} cannot be written (${reasonOf(error)})`)
  }
}
