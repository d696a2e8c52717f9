import { canonicalJson, type Context } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import { bytesOf } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { isSize } from '../tree/blocks.ts'
import { digestOfText, type CommittedEvent } from './leaf.ts'
import { canonicalEnd, longestText } from './strict-json.ts'

/*
 * A recorded event as one line of text: canonical JSON of all that its leaf commits to, with its content as it is stored. There is one line for
 * one event at one place of the ledger, and it is read in no other form, so that files of lines may be compared byte by byte.
 *
 * The content is put in and taken out as text. Nothing is parsed and written again, which could only change it.
 */

export interface EventLine {
  readonly event: CommittedEvent
  readonly index: number
  /** Canonical JSON of all but the content and the place, and of the stream's name. */
  readonly written: { readonly envelope: string; readonly stream: string }
}

/** A context has about fifteen short attributes; a stream and a type are short. */
export const longestLine = longestText + 64 * 1024

/** Without the end of the line. @throws TypeError when an attribute has half of a surrogate pair. */
export function eventLine(event: CommittedEvent, index: number): string {
  const [before, behind] = around(event, index)
  return before + event.data + behind
}

/** What stands before the content and what behind it. */
function around({ context, id, recordedtime, revision, stream, type }: Omit<CommittedEvent, 'data'>, index: number): [string, string] {
  return [
    `{"context":${canonicalJson(context)},"data":`,
    `,"id":${canonicalJson(id)},"index":${index},"recordedtime":${canonicalJson(recordedtime)},"revision":${revision},"stream":${canonicalJson(stream)},"type":${canonicalJson(type)}}`,
  ]
}

const names = ['context', 'data', 'id', 'index', 'recordedtime', 'revision', 'stream', 'type'] as const
type Name = (typeof names)[number]

/** Exactly what `eventLine` writes of an event whose content is strictly canonical JSON. */
export function readEventLine(line: string): Result<EventLine> {
  if (line.length > longestLine) return refuse(`the line has more than ${longestLine} characters`)
  const split = splitLine(line)
  if (!split.ok) return split
  const texts = split.value
  const [index, revision] = [Number(texts.index), Number(texts.revision)]
  if (!isSize(index) || !isSize(revision)) return refuse('its index and its revision are not whole numbers')
  const isText = (name: Name): boolean => texts[name].startsWith('"')
  if (!isText('id') || !isText('recordedtime') || !isText('stream') || !isText('type'))
    return refuse('its id, recordedtime, stream and type are not texts')
  if (!texts.context.startsWith('{') || !texts.data.startsWith('{')) return refuse('its context and its data are no objects')
  const { data } = texts
  if (data.length > longestText / 3 && bytesOf(data).length > longestText) return refuse(`its data has more than ${longestText} bytes`)
  const context = JSON.parse(texts.context) as Context
  for (const [name, value] of Object.entries(context)) if (typeof value !== 'string') return refuse(`its context /${name} is not a text`)

  // Parsed and not cut out: what is cut out of a long text keeps all of it in memory.
  const [id, recordedtime, stream, type] = JSON.parse(`[${texts.id},${texts.recordedtime},${texts.stream},${texts.type}]`) as [
    string,
    string,
    string,
    string,
  ]
  return accept({
    event: { stream, revision, id, type, recordedtime, context, data },
    index,
    written: {
      envelope: `{"context":${texts.context},"id":${texts.id},"recordedtime":${texts.recordedtime},"type":${texts.type}}`,
      stream: texts.stream,
    },
  })
}

/** What the event's `data` says. Most who read a line need no more than its text. */
export const contentOf = ({ event: { data } }: EventLine): Readonly<Record<string, unknown>> =>
  JSON.parse(data) as Readonly<Record<string, unknown>>

/** Each value as it is written, found strictly canonical; the names are all there, in their order, and no others. */
function splitLine(line: string): Result<Readonly<Record<Name, string>>> {
  const texts: Partial<Record<Name, string>> = {}
  let at = 0
  for (const name of names) {
    const front = `${at === 0 ? '{' : ','}"${name}":`
    if (!line.startsWith(front, at)) return refuse(`${front} should stand at character ${at}`)
    const end = canonicalEnd(line, at + front.length)
    if (!end.ok) return refuse(`${name} ${end.message}`)
    texts[name] = line.slice(at + front.length, end.value)
    at = end.value
  }
  if (line.length !== at + 1 || line[at] !== '}') return refuse(`the line should end at character ${at}`)
  // Each of the names was put there.
  return accept(texts as Record<Name, string>)
}

/** The same leaf as `leafOf` makes of the event, from the texts that were read and found strict already. */
export function leafOfLine(sha256: Sha256, { event: { data, revision }, index, written }: EventLine): Uint8Array {
  const [dataHash, envelopeHash] = [digestOfText(sha256, data), digestOfText(sha256, written.envelope)]
  return bytesOf(
    `{"dataHash":"${dataHash}","envelopeHash":"${envelopeHash}","index":${index},"revision":${revision},"stream":${written.stream},"v":1}`,
  )
}
