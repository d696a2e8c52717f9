import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { linesAPart, manifestFile, frontFiles, partName, partsOf, type Bundle } from '@muster/audit'
import { ZipFile } from 'yazl'

/*
 * A bundle as a zip file. Names, order, times and modes are fixed, so that the same bundle is the same bytes, wherever and whenever it was
 * exported (by the same release of Node, whose deflate they come from). It is written beside its place and moved there when it is complete: a
 * file that bears the name is never half of one.
 */

/** Midnight of a day in the time zone of whoever calls: what zip keeps is the local time. */
const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }

export async function writeZip(file: string, bundle: Bundle, progress: (events: number) => void): Promise<void> {
  const unfinished = `${file}.part`
  try {
    const zip = new ZipFile()
    for (const name of [manifestFile, ...frontFiles] as const) zip.addBuffer(Buffer.from(bundle.front[name]), name, fixed)
    const lines = bundle.events()[Symbol.asyncIterator]()
    let written = 0
    async function* part(): AsyncGenerator<string> {
      let text = ''
      for (let count = 0; count < linesAPart; count += 1) {
        const next = await lines.next()
        if (next.done === true) break
        text += `${next.value}\n`
        written += 1
        if (text.length < chunk) continue
        progress(written)
        yield text
        text = ''
      }
      if (text !== '') yield text
    }
    for (let number = 0; number < partsOf(bundle.manifest); number += 1)
      zip.addReadStreamLazy(partName(number), fixed, then => then(undefined, Readable.from(part(), { objectMode: false })))
    zip.end()
    // What goes wrong while a part is read is told by the zip, and not by its stream.
    const failed = once(zip, 'error').then(([error]: unknown[]) =>
      Promise.reject(error instanceof Error ? error : new Error(String(error))),
    )
    await Promise.race([pipeline(zip.outputStream, createWriteStream(unfinished)), failed])
    if (written !== bundle.manifest.events) throw new Error(`${bundle.manifest.events} events were promised, and ${written} came`)
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}

const chunk = 64 * 1024
