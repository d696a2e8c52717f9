import type { ReceivedMessage } from '@muster/bus'
import { longestEvent } from '@muster/contracts'
import { deepestData, fromBinary, fromStructured, isJsonType, unread, type Decoded } from './cloud-event.ts'
import { refuse } from './refusal.ts'
import { parseStrict } from './strict-json.ts'

/*
 * CloudEvents over Kafka: binary mode (`ce_` headers, the value is the data) and structured mode (`application/cloudevents+json`). The
 * binding has no batches. A value that comes without any header is read as structured, for clients that set none: it could be nothing else.
 */

const prefix = 'ce_'
const utf8 = new TextDecoder('utf-8', { fatal: true })

export type Message = Pick<ReceivedMessage, 'value' | 'rawHeaders'>

export function decodeKafka({ value, rawHeaders }: Message): Decoded {
  if (value !== null && value.length > longestEvent)
    return unread(refuse('too-large', `at most ${longestEvent} bytes are taken, these are ${value.length}`))
  const headers = textOf(rawHeaders)
  if (typeof headers === 'string') return unread(refuse('not-a-cloudevent', headers))

  const contentType = headers['content-type']
  const isCloudEvents = contentType?.toLowerCase().startsWith('application/cloudevents') === true
  const isBinary = !isCloudEvents && Object.keys(headers).some(name => name.startsWith(prefix))
  if (isBinary) return fromBinary(attributesOf(headers), value)
  if (isCloudEvents && !/^application\/cloudevents\+json\s*(?:;|$)/i.test(contentType))
    return unread(refuse('not-a-cloudevent', `structured mode is taken as application/cloudevents+json, not as ${contentType}`))
  if (contentType !== undefined && !isCloudEvents && !isJsonType(contentType))
    return unread(refuse('not-a-cloudevent', `there are no ce_ headers, and the content type is ${contentType}`))
  if (value === null) return unread(refuse('not-a-cloudevent', 'the message has no value'))

  const parsed = parseStrict(value, { depth: deepestData + 1, bytes: longestEvent })
  return parsed.ok ? fromStructured(parsed.value) : unread(parsed)
}

/** By names in lower case, or the sentence about the one that is not UTF-8. */
function textOf(rawHeaders: Message['rawHeaders']): Readonly<Record<string, string>> | string {
  const headers: Record<string, string> = {}
  for (const [name, bytes] of Object.entries(rawHeaders)) {
    const known = name.toLowerCase()
    if (known !== 'content-type' && !known.startsWith(prefix)) continue
    try {
      headers[known] = utf8.decode(bytes)
    } catch {
      return `the header ${name} is not UTF-8`
    }
  }
  return headers
}

function attributesOf({ 'content-type': contentType, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  const attributes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.slice(prefix.length), text]))
  return contentType === undefined ? attributes : { ...attributes, datacontenttype: contentType }
}
