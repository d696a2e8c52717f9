import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { usage } from '../failure.ts'
import { home } from '../home.ts'

/*
 * The example run, in times that count today.
 *
 * Evaluations go stale after a quarter, and the run was made on one day. While it is less than 60 days old it is played as it is. Later,
 * all that is about a version is moved by whole multiples of 60 days and gets ids and names that say so: within 60 days the same tour is
 * the same events, which are recognised, and after them it is another run, which the evidence of the last one cannot stand in for.
 */

export interface ExampleEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Example {
  readonly events: readonly ExampleEvent[]
  readonly intents: readonly ExampleEvent[]
  readonly rollouts: readonly ExampleEvent[]
}

const parts = ['events', 'intents', 'rollouts'] as const

export function readExample(folder = join(home(), 'docs/examples/german-credit')): Example {
  const read = (part: string): ExampleEvent[] => {
    const file = join(folder, `${part}.ndjson`)
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      throw usage(`${file} cannot be read: the tour plays the example of the repository`)
    }
    return text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as ExampleEvent)
  }
  const [events, intents, rollouts] = parts.map(read) as [ExampleEvent[], ExampleEvent[], ExampleEvent[]]
  return { events, intents, rollouts }
}

const day = 24 * 60 * 60 * 1_000
const freshDays = 60

/** By how many days the example is moved: 0 while it is fresh, else a multiple of 60, so that it is up to 60 days old again. */
export function shiftOf({ events, intents, rollouts }: Example, now: Date): number {
  const newest = Math.max(...[...events, ...intents, ...rollouts].map(({ time }) => Date.parse(time)))
  return Math.max(0, Math.floor((now.getTime() - newest) / day / freshDays)) * freshDays
}

export function shifted(example: Example, days: number): Example {
  if (days === 0) return example
  const move = (event: ExampleEvent): ExampleEvent =>
    /^dev\.muster\.(version|intent|rollout)\./.test(event.type) ? moved(event, days) : event
  return { events: example.events.map(move), intents: example.intents.map(move), rollouts: example.rollouts.map(move) }
}

function moved(event: ExampleEvent, days: number): ExampleEvent {
  const { version } = event.data
  return {
    ...event,
    id: named(event.id, days),
    // The place of a rollout is where it was; a version and an intent are others.
    subject: event.type.startsWith('dev.muster.rollout.') ? event.subject : named(event.subject, days),
    time: later(event.time, days),
    data: { ...(inTimes(event.data, days) as ExampleEvent['data']), ...(typeof version === 'string' && { version: named(version, days) }) },
  }
}

const named = (name: string, days: number): string => `${name}-${days}d`
const later = (time: string, days: number): string => new Date(Date.parse(time) + days * day).toISOString()
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** Every instant inside, moved: what ended before the event still did. */
function inTimes(value: unknown, days: number): unknown {
  if (typeof value === 'string') return instant.test(value) ? later(value, days) : value
  if (Array.isArray(value)) return value.map(each => inTimes(each, days))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inTimes(each, days)]))
}
