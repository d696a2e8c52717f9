import { usage } from '../failure.ts'

/* Events as they stand in a file: one JSON object a line, or one JSON document with an object or a list. Sent on as they are written. */

export interface SentEvent {
  /** Where it stands, for people. */
  readonly at: string
  /** The JSON as it was written: numbers keep their digits and duplicate names stay for the server to refuse. */
  readonly text: string
}

/** @throws Failure that names the line which is not JSON. */
export function readEvents(text: string, name: string): readonly SentEvent[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ at: `${name}:${index + 1}`, text: line.trim() }]))
  const broken = filled.find(({ text: line }) => !isObject(line))
  if (broken === undefined) return filled

  const whole = parsed(text)
  if (Array.isArray(whole)) return whole.map((event, index) => ({ at: `${name}[${index}]`, text: JSON.stringify(event) }))
  if (typeof whole === 'object' && whole !== null) return [{ at: name, text: JSON.stringify(whole) }]
  throw usage(`${broken.at} is not a JSON object: a file holds one event a line, or one JSON document with an event or a list of them`)
}

const isObject = (text: string): boolean => {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
