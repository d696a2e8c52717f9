import { longestEvent } from '@muster/contracts'
import { pointerTo, printable, refuse, taken, type Result } from './refusal.ts'
import { parseStrict } from './strict-json.ts'

/*
 * A CloudEvent as it was sent: attributes as text, data as JSON. Both ways of writing one down lead here, whatever brought it.
 * Source: CloudEvents 1.0.2, its JSON format and the notion of binary mode.
 *
 * What may be in a message is read here; whether we take the event is for `incoming.ts`.
 */

export interface SentEvent {
  readonly attributes: Readonly<Record<string, string>>
  readonly data: unknown
}

/** What a message says of itself, as far as it can be read: for people who look for its sender. */
export interface Claimed {
  readonly id?: string
  readonly source?: string
  readonly type?: string
  readonly subject?: string
}

export interface Decoded {
  readonly claimed: Claimed
  readonly event: Result<SentEvent>
}

/** Of an event's data. Around it the structured mode has one more, and a batch another. */
export const deepestData = 32

export const unread = (event: Extract<Result<never>, { ok: false }>, claimed: Claimed = {}): Decoded => ({ claimed, event })

/** An event in the JSON format. Null is as good as absent. */
export function fromStructured(value: unknown): Decoded {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unread(refuse('not-a-cloudevent', 'an event is a JSON object with the attributes specversion, id, source and type'))
  const { data, data_base64: base64, ...rest } = value as Record<string, unknown>
  const claimed = claimedBy(rest)
  const attributes: Record<string, string> = {}
  for (const [name, given] of Object.entries(rest)) {
    if (given === null) continue
    if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean')
      return unread(refuse('not-a-cloudevent', `the attribute ${name} is not a text, a number or a truth value`, pointerTo(name)), claimed)
    attributes[name] = String(given)
  }
  return { claimed, event: withData(attributes, data ?? undefined, base64 ?? undefined) }
}

/** Attributes from headers; the content is the data, of the type that `datacontenttype` says. */
export function fromBinary(attributes: Readonly<Record<string, string>>, content: Uint8Array | null): Decoded {
  const claimed = claimedBy(attributes)
  if (content === null || content.length === 0) return unread(refuse('not-a-cloudevent', 'the event has no data', '/data'), claimed)
  const wrong = typeRefused(attributes)
  return { claimed, event: wrong ?? withParsed(attributes, content) }
}

function withData(attributes: Readonly<Record<string, string>>, data: unknown, base64: unknown): Result<SentEvent> {
  const wrong = typeRefused(attributes)
  if (wrong !== undefined) return wrong
  if (base64 === undefined)
    return data === undefined ? refuse('not-a-cloudevent', 'the event has no data', '/data') : taken({ attributes, data })
  if (data !== undefined) return refuse('not-a-cloudevent', 'an event has data or data_base64, not both', '/data_base64')
  if (typeof base64 !== 'string' || !isBase64(base64)) return refuse('not-a-cloudevent', 'this is not base64', '/data_base64')
  return withParsed(attributes, Buffer.from(base64, 'base64'))
}

function withParsed(attributes: Readonly<Record<string, string>>, content: Uint8Array): Result<SentEvent> {
  const data = parseStrict(content, { depth: deepestData, bytes: longestEvent })
  if (data.ok) return taken({ attributes, data: data.value })
  const { code, message, path = '' } = data.refusal
  return refuse(code, message, `/data${path}`)
}

const typeRefused = ({ datacontenttype }: Readonly<Record<string, string>>) =>
  datacontenttype === undefined || isJsonType(datacontenttype)
    ? undefined
    : refuse('not-json', `data is taken as application/json, not as ${datacontenttype}`, '/datacontenttype')

export const isJsonType = (contentType: string): boolean => /^\s*[a-z]+\/(?:[^\s;]+\+)?json\s*(?:;|$)/i.test(contentType)

const isBase64 = (text: string): boolean => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)

function claimedBy(attributes: Readonly<Record<string, unknown>>): Claimed {
  const { id, source, type, subject } = attributes
  const said = Object.entries({ id, source, type, subject }).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(said.map(([name, text]) => [name, printable(text)]))
}
