import { longestEvent } from '@muster/contracts'
import { deepestData, fromBinary, fromStructured, unread, type Decoded } from './cloud-event.ts'
import { refuse, taken, type Result } from './refusal.ts'
import { parseStrict } from './strict-json.ts'

/*
 * CloudEvents over HTTP: binary mode (`ce-` headers), structured mode and batches. Plain `application/json` without `ce-` headers is read
 * as structured: one event, or a list of them, for those who have nothing but curl.
 */

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
export type Sent = { readonly kind: 'one'; readonly event: Decoded } | { readonly kind: 'batch'; readonly events: readonly Decoded[] }

const longestBatch = 4 * 1024 * 1024
const mostEvents = 1_000
const prefix = 'ce-'

/** Refused as a whole is what cannot be told apart into events. */
export function decodeHttp(headers: Headers, body: Uint8Array): Result<Sent> {
  const contentType = [headers['content-type'] ?? ''].flat().join(',').toLowerCase()
  if (contentType.startsWith('application/cloudevents-batch+json')) return batchOf(body)
  if (contentType.startsWith('application/cloudevents')) return oneOf(body)
  if (Object.keys(headers).some(name => name.startsWith(prefix))) return taken({ kind: 'one', event: binary(headers, contentType, body) })
  return startsList(body) ? batchOf(body) : oneOf(body)
}

function oneOf(body: Uint8Array): Result<Sent> {
  const parsed = parseStrict(body, { depth: deepestData + 1, bytes: longestEvent })
  return parsed.ok ? taken({ kind: 'one', event: fromStructured(parsed.value) }) : parsed
}

function batchOf(body: Uint8Array): Result<Sent> {
  const parsed = parseStrict(body, { depth: deepestData + 2, bytes: longestBatch })
  if (!parsed.ok) return parsed
  if (!Array.isArray(parsed.value)) return refuse('not-a-cloudevent', 'a batch is a JSON array of events')
  if (parsed.value.length > mostEvents)
    return refuse('too-large', `a batch has at most ${mostEvents} events, this one has ${parsed.value.length}`)
  return taken({ kind: 'batch', events: parsed.value.map(fromStructured) })
}

/** Values are percent-encoded where they are not printable ASCII. */
function binary(headers: Headers, contentType: string, body: Uint8Array): Decoded {
  const attributes: Record<string, string> = {}
  if (contentType !== '') attributes['datacontenttype'] = contentType
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(prefix) || value === undefined) continue
    const attribute = name.slice(prefix.length)
    try {
      attributes[attribute] = decodeURIComponent([value].flat().join(', '))
    } catch {
      return unread(refuse('not-a-cloudevent', `the header ${name} is not percent-encoded UTF-8`, `/${attribute}`))
    }
  }
  return fromBinary(attributes, body)
}

const openingBracket = 0x5b
const whiteSpace: readonly number[] = [0x20, 0x09, 0x0a, 0x0d]
const startsList = (body: Uint8Array): boolean => body.find(byte => !whiteSpace.includes(byte)) === openingBracket
