import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBase64, toBase64, type TreeHead } from '@muster/ledger'

/*
 * What this witness cosigned last of each log: a folder for each, in it numbered files, of which the highest counts. The next one is linked under the
 * next number, which succeeds for exactly one of those who try: two requests, or two processes on one folder, never both go on from the same state.
 */

export interface Cosigned {
  latest(origin: string): Promise<Standing>
  /** Whether it is kept now; false when somebody else was first. It is on the disk when this resolves. */
  advance(origin: string, from: Standing, next: TreeHead): Promise<boolean>
}

export interface Standing {
  readonly number: number
  readonly head: TreeHead | undefined
}

const nameOf = (number: number): string => String(number).padStart(12, '0')

export function cosignedIn(folder: string): Cosigned {
  const folderOf = (origin: string): string => join(folder, encodeURIComponent(origin))

  return {
    async latest(origin) {
      for (;;) {
        const names = await numbered(folderOf(origin))
        const last = names.at(-1)
        if (last === undefined) return { number: 0, head: undefined }
        const text = await readFile(join(folderOf(origin), last), 'utf8').catch((error: unknown) => {
          // It was taken away since there is a newer one.
          if (isMissing(error)) return undefined
          throw error
        })
        if (text !== undefined) return { number: Number(last), head: headOf(text, join(folderOf(origin), last)) }
      }
    },

    async advance(origin, from, { size, root }) {
      const there = folderOf(origin)
      await mkdir(there, { recursive: true })
      const beside = join(there, `.${randomBytes(8).toString('hex')}`)
      try {
        const file = await open(beside, 'wx', 0o600)
        try {
          await file.writeFile(`${size}\n${toBase64(root)}\n`)
          await file.sync()
        } finally {
          await file.close()
        }
        await link(beside, join(there, nameOf(from.number + 1)))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
        throw error
      } finally {
        await rm(beside, { force: true })
      }
      const handle = await open(there, 'r')
      await handle.sync().finally(() => handle.close())
      for (const old of (await numbered(there)).filter(name => Number(name) < from.number)) await rm(join(there, old), { force: true })
      return true
    },
  }
}

async function numbered(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(name => /^\d{12}$/.test(name)).toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function headOf(text: string, file: string): TreeHead {
  const [size = '', encoded = ''] = text.split('\n')
  const root = fromBase64(encoded)
  if (!/^\d{1,15}$/.test(size) || root === undefined)
    throw new Error(`${file} is damaged: without it this witness could be shown another history. Restore it`)
  return { size: Number(size), root }
}
