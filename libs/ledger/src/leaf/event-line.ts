import { canonicalJson, type Context } from '@muster/contracts'
import { accept, refuse, type Result } from '../result.ts'
import { isSize } from '../tree/blocks.ts'
import type { CommittedEvent } from './leaf.ts'
import { checkCanonical, longestText } from './strict-json.ts'

/*
 * A recorded event as one line of text: canonical JSON of all that its leaf commits to, with its content as it is stored. There is one line for
 * one event at one place of the ledger, and it is read in no other form, so that files of lines may be compared byte by byte.
 *
 * The content is put in and taken out as text. Nothing is parsed and written again, which could only change it.
 */

export interface EventLine {
  readonly event: CommittedEvent
  readonly index: number
  /** What the event's `data` says, parsed. */
  readonly content: Readonly<Record<string, unknown>>
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

/** Exactly what `eventLine` writes of an event whose content is strictly canonical JSON. */
export function readEventLine(line: string): Result<EventLine> {
  if (line.length > longestLine) return refuse(`the line has more than ${longestLine} characters`)
  const read = parsed(line)
  if (read === undefined) return refuse('the line is not JSON')
  if (!isObject(read)) return refuse('the line is no object')
  const { context, data: content, id, index, recordedtime, revision, stream, type } = read
  if (typeof index !== 'number' || typeof revision !== 'number' || !isSize(index) || !isSize(revision))
    return refuse('its index and its revision are not whole numbers')
  if (typeof id !== 'string' || typeof recordedtime !== 'string' || typeof stream !== 'string' || typeof type !== 'string')
    return refuse('its id, recordedtime, stream and type are not texts')
  if (!isObject(context) || !Object.values(context).every(value => typeof value === 'string'))
    return refuse('its context is no object of texts')
  if (!isObject(content)) return refuse('its data is no object')

  const rest = { context: context as unknown as Context, id, recordedtime, revision, stream, type }
  let before: string
  let behind: string
  try {
    ;[before, behind] = around(rest, index)
  } catch (error) {
    if (error instanceof TypeError) return refuse(error.message)
    throw error
  }
  if (!line.startsWith(before) || !line.endsWith(behind) || line.length <= before.length + behind.length)
    return refuse('the line is not canonical JSON of an event')
  const data = line.slice(before.length, -behind.length)
  const checked = checkCanonical(data)
  if (!checked.ok) return refuse(`data ${checked.message}`)
  return accept({ event: { ...rest, data }, index, content })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
