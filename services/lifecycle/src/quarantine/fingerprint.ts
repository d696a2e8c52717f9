import type { ReceivedMessage } from '@muster/bus'
import type { Sha256 } from '@muster/kernel'

/**
 * The name of a message in quarantine: SHA-256 of its bytes, in hex. In binary mode the event is in the headers too, so that the same bytes
 * under other `ce_` headers are another message: there the digest is over lines `<name>: <value>`, sorted by name, an empty line and the bytes.
 */
export function fingerprint({ value, rawHeaders }: Pick<ReceivedMessage, 'value' | 'rawHeaders'>, sha256: Sha256): string {
  const attributes = Object.entries(rawHeaders)
    .map(([name, bytes]) => [name.toLowerCase(), bytes] as const)
    .filter(([name]) => name.startsWith('ce_'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, bytes]) => [Buffer.from(`${name}: `), bytes, Buffer.from('\n')])
  const content = value ?? new Uint8Array()
  const bytes = attributes.length === 0 ? content : Buffer.concat([...attributes, Buffer.from('\n'), content])
  return Buffer.from(sha256(bytes)).toString('hex')
}
