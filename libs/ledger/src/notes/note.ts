import { fromBase64, joined, readText, toBase64 } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'

/*
 * Signed notes (c2sp.org/signed-note): a text, an empty line, and signature lines. Read strictly and within bounds, for notes come from
 * anywhere. A note that was read is not believed yet: see `openCheckpoint`.
 */

export interface Note {
  /** What is signed: with its last line's end, without the empty line. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}
export interface NoteSignature {
  readonly name: string
  /** A number of 32 bits that tells keys of one name apart. */
  readonly id: number
  readonly signature: Uint8Array
}

/** Sixteen post-quantum signatures of 5 KB, as the specification asks of readers, and room to spare. */
export const longestNote = 256 * 1024
const mostSignatures = 64
const longestName = 500

/** Not empty, no space of any kind, no plus sign. */
export const isKeyName = (name: string): boolean => name.length <= longestName && /^[^\s\x85+]+$/u.test(name)

const signatureForm = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u

export function readNote(input: Uint8Array | string): Result<Note> {
  const read = readText(input, longestNote, 'the note')
  if (!read.ok) return read
  const end = read.value.lastIndexOf('\n\n')
  if (end < 0) return refuse('the note has no empty line between its text and its signatures')
  const block = read.value.slice(end + 2)
  if (!block.endsWith('\n')) return refuse('the note does not end with a signature line')
  const signatures = readSignatures(block)
  return signatures.ok ? accept({ text: read.value.slice(0, end + 1), signatures: signatures.value }) : signatures
}

/** Signature lines alone, each with its end: what a witness answers. At least one. */
export function readSignatures(lines: string): Result<readonly NoteSignature[]> {
  const signatures: NoteSignature[] = []
  if (!lines.endsWith('\n')) return refuse('a signature line does not end')
  for (const line of lines.slice(0, -1).split('\n')) {
    const [, name = '', encoded = ''] = signatureForm.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (bytes === undefined || bytes.length < 5 || !isKeyName(name)) return refuse(`"${line.slice(0, 100)}" is not a signature line`)
    if (signatures.length === mostSignatures) return refuse(`the note has more than ${mostSignatures} signatures`)
    signatures.push({ name, id: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) })
  }
  return accept(signatures)
}

export function signatureLine({ name, id, signature }: NoteSignature): string {
  const bytes = joined(new Uint8Array(4), signature)
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, id)
  return `— ${name} ${toBase64(bytes)}\n`
}

export const writeNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`
