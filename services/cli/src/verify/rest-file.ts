import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Rest } from '@muster/audit'

/*
 * A file of the system's temporary folder, in which states rest that are not needed for a while. Written in large pieces and read where they are
 * asked for; it belongs to one process and one verification, and is gone with it.
 */

export interface RestFile extends Rest {
  close(): void
}

const pieceSize = 1024 * 1024
const lengthBytes = 4

export function restFile(): RestFile {
  const folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
  const file = openSync(join(folder, 'states'), 'w+', 0o600)
  // Open, and in no folder any more: it goes with the process, however that ends. Windows does not allow that; there it goes when it is closed.
  if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true })
  const piece = Buffer.alloc(pieceSize)
  /** How much of the file is written, and how much of the piece is filled behind it. */
  let [written, filled] = [0, 0]

  const flush = (): void => {
    for (let at = 0; at < filled;) at += writeSync(file, piece, at, filled - at, written + at)
    written += filled
    filled = 0
  }
  function read(place: number, length: number): Buffer {
    if (place >= written) return piece.subarray(place - written, place - written + length)
    const bytes = Buffer.alloc(length)
    for (let at = 0; at < length;) {
      const count = readSync(file, bytes, at, length - at, place + at)
      if (count === 0) throw new Error('the temporary file of the verification was cut off')
      at += count
    }
    return bytes
  }

  return {
    put(value) {
      const bytes = serialize(value)
      if (filled + lengthBytes + bytes.length > pieceSize) flush()
      const place = written + filled
      const length = Buffer.alloc(lengthBytes)
      length.writeUInt32LE(bytes.length)
      if (lengthBytes + bytes.length > pieceSize) {
        // Larger than a piece: by itself, and the piece is empty now.
        const both = Buffer.concat([length, bytes])
        for (let at = 0; at < both.length;) at += writeSync(file, both, at, both.length - at, written + at)
        written += both.length
        return place
      }
      length.copy(piece, filled)
      bytes.copy(piece, filled + lengthBytes)
      filled += lengthBytes + bytes.length
      return place
    },
    get(place) {
      const length = read(place, lengthBytes).readUInt32LE()
      return deserialize(read(place + lengthBytes, length)) as unknown
    },
    close() {
      closeSync(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
