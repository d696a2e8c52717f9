import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { open, type Entry, type ZipFile } from 'yauzl'

/*
 * The files of a zip, one after the other, as whoever sent it wrote them: nothing of it is believed, and nothing is unpacked to the disk. Names
 * are compared with those that are expected and never used as paths; sizes are what comes out, and not what is claimed.
 */

/** Why a file is no zip, or not the one that it was: `cut` where its end is not there. */
export class ZipFlaw extends Error {
  readonly kind: 'cut' | 'broken'

  constructor(kind: 'cut' | 'broken', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ZipFlaw'
    this.kind = kind
  }
}

export interface ZipReader {
  /** The next file, in the order of the directory; nothing behind the last. */
  next(): Promise<ZipItem | undefined>
  close(): void
}

export interface ZipItem {
  readonly name: string
  /** @throws ZipFlaw while it is read. */
  bytes(): AsyncIterable<Buffer>
}

export async function openZip(file: string): Promise<ZipReader> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    open(file, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }, (error, opened) =>
      error === null ? resolve(opened) : reject(flawOf(error)),
    ),
  )
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const done = (end: () => void): void => {
          zip.removeAllListeners()
          // What comes late has been told already.
          zip.on('error', () => undefined)
          end()
        }
        zip.once('entry', (entry: Entry) => done(() => resolve({ name: entry.fileName, bytes: () => bytesOf(zip, entry) })))
        zip.once('end', () => done(() => resolve(undefined)))
        zip.once('error', (error: Error) => done(() => reject(flawOf(error))))
        zip.readEntry()
      }),
    close: () => zip.close(),
  }
}

const deflated = 8
/** Eight times what streams pass on by themselves: each piece goes through many hands. */
const pieceSize = 128 * 1024

async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    const isDeflated = entry.compressionMethod === deflated
    const written = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, isDeflated ? { decompress: false } : {}, (error, opened) =>
        error === null ? resolve(opened) : reject(error),
      )
    })
    const stream = isDeflated ? pipeline(written, createInflateRaw({ chunkSize: pieceSize }), () => undefined) : written
    let size = 0
    for await (const bytes of stream) {
      size += (bytes as Buffer).length
      if (size > entry.uncompressedSize) break
      yield bytes as Buffer
    }
    if (size !== entry.uncompressedSize) throw new Error(`it does not have the ${entry.uncompressedSize} bytes that the zip says`)
  } catch (error) {
    throw flawOf(error, `${entry.fileName.slice(0, 100)}: `)
  }
}

/** Whatever the reader of zips stumbles over is in the file; what the disk says (`ENOENT`, `EACCES`) is not. */
function flawOf(error: unknown, where = ''): Error {
  if (!(error instanceof Error)) return new ZipFlaw('broken', where + String(error))
  if (error instanceof ZipFlaw || ('syscall' in error && error.syscall !== undefined)) return error
  const isCut = /end of central directory record signature not found|unexpected EOF/i.test(error.message)
  return new ZipFlaw(isCut ? 'cut' : 'broken', where + error.message, { cause: error })
}
