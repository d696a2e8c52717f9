import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readPin, writePin, type Pin } from '@muster/audit'
import { usage } from '../failure.ts'
import { readGiven } from '../files.ts'
import { reasonOf } from '../policies/policy-folder.ts'
import type { Terminal } from '../terminal.ts'
import { sha256 } from '@muster/ledger-crypto'

/*
 * What this person verified last, of each log: a file for each in `~/.muster/pinned` (or `MUSTER_HOME`). The next bundle of that log must grow
 * from there.
 */

const pinFile = ({ env }: Pick<Terminal, 'env'>, origin: string): string =>
  join(folderOf(env), `${encodeURIComponent(origin).replaceAll('.', '%2E')}.json`)

const folderOf = (env: Terminal['env']): string =>
  join(nonEmpty(env['MUSTER_HOME']) ?? join(nonEmpty(env['HOME']) ?? homedir(), '.muster'), 'pinned')

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

export async function rememberedPin(terminal: Pick<Terminal, 'env'>, origin: string): Promise<Pin | undefined> {
  const file = pinFile(terminal, origin)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw usage(`${file} cannot be read (${reasonOf(error)})`)
  }
  return pinIn(text, file)
}

export const namedPin = async (file: string, cwd: string): Promise<Pin> => pinIn(await readGiven(file, cwd), file)

function pinIn(text: string, file: string): Pin {
  const pin = readPin(sha256, text)
  if (!pin.ok) throw usage(`${file} is no pinned checkpoint: ${pin.message}`)
  return pin.value
}

/** In one step, so that a crash leaves the old one. */
export async function remember(terminal: Pick<Terminal, 'env'>, pin: Pin): Promise<string> {
  const file = pinFile(terminal, pin.checkpoint.origin)
  await mkdir(folderOf(terminal.env), { recursive: true })
  await writeFile(`${file}.part`, `${writePin(pin)}\n`)
  await rename(`${file}.part`, file)
  return file
}
