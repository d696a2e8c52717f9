import type { AnyEvent, Recorded } from '@muster/contracts'
import type { Finding } from './finding.ts'

/* What topics carry against what the log says must have been published. */

const told = {
  'muster.decisions': ({ type }: AnyEvent): boolean =>
    type.startsWith('deployment.') && type !== 'deployment.opened' && type !== 'deployment.checked',
  'muster.alerts': ({ type }: AnyEvent): boolean => type.startsWith('alert.'),
} as const
export type ToldTopic = keyof typeof told
export const toldTopics = Object.keys(told) as ToldTopic[]

/** A message as it stood in a topic: its key, and the id of the event that it tells of. */
export interface ToldMessage {
  readonly key: string
  readonly id: string
}

export interface Publication {
  see(recorded: Recorded<AnyEvent>): void
  /** `cut`: the topic no longer holds its oldest messages, so what is missing at the front of a key is no difference. */
  compare(topic: ToldTopic, messages: readonly ToldMessage[], options?: { readonly cut?: boolean }): readonly Finding[]
}

/**
 * Every event that is told stands in its topic at least once, under its own id and the key of its model, in the order of the log within a key;
 * and nothing else. Messages of keys that the log does not know are other installations' and are passed by.
 */
export function publicationOfLog(): Publication {
  const expected = { 'muster.decisions': new Map<string, string[]>(), 'muster.alerts': new Map<string, string[]>() }
  const keys = new Set<string>()
  return {
    see({ event, id, context }) {
      keys.add(context.partitionkey)
      for (const topic of toldTopics) {
        if (!told[topic](event)) continue
        const ids = expected[topic].get(context.partitionkey)
        if (ids === undefined) expected[topic].set(context.partitionkey, [id])
        else ids.push(id)
      }
    },
    compare(topic, messages, { cut = false } = {}) {
      const heardOf = new Map<string, Set<string>>()
      for (const { key, id } of messages) {
        if (!keys.has(key)) continue
        const heard = heardOf.get(key)
        if (heard === undefined) heardOf.set(key, new Set([id]))
        else heard.add(id)
      }
      return [...keys].flatMap(key => compareKey(topic, key, expected[topic].get(key) ?? [], heardOf.get(key) ?? new Set(), cut))
    },
  }
}

function compareKey(topic: ToldTopic, key: string, all: readonly string[], heard: ReadonlySet<string>, cut: boolean): Finding[] {
  const differs = (message: string): Finding => ({ part: 'topics', message: `${topic}, key ${key}: ${message}` })
  const oldest = all.findIndex(id => heard.has(id))
  const ids = cut ? (oldest === -1 ? [] : all.slice(oldest)) : all
  const wanted = new Set(ids)
  const missing = ids.filter(id => !heard.has(id)).map(id => differs(`it was never told of event ${id}, which the log tells`))
  const surplus = [...heard].filter(id => !wanted.has(id)).map(id => differs(`it was told of event ${id}, which the log does not tell`))
  const inOrder = missing.length + surplus.length > 0 || [...heard].join() === ids.join()
  return [...missing, ...surplus, ...(inOrder ? [] : [differs('it was told in another order than it happened')])]
}
