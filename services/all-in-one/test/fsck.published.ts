import type { ReceivedMessage } from '@muster/bus'
import type { AnyEvent, Recorded } from '@muster/contracts'
import { groupBy } from '@muster/kernel'

const told = {
  'muster.decisions': ({ type }: AnyEvent): boolean =>
    type.startsWith('deployment.') && type !== 'deployment.opened' && type !== 'deployment.checked',
  'muster.alerts': ({ type }: AnyEvent): boolean => type.startsWith('alert.'),
} as const

/**
 * What a topic was told against the log: every event that is told, at least once, under its own id and the key of its model, in the order
 * of the log within a key; and nothing else. Messages of keys that the log does not know are other installations' and are passed by.
 */
export function fsckPublished(
  topic: keyof typeof told,
  log: readonly Recorded<AnyEvent>[],
  messages: readonly ReceivedMessage[],
): readonly string[] {
  const expected = groupBy(
    log.filter(({ event }) => told[topic](event)),
    ({ context }) => context.partitionkey,
  )
  const keys = new Set(log.map(({ context }) => context.partitionkey))
  const actual = groupBy(
    messages.filter(({ key }) => keys.has(key ?? '')),
    ({ key }) => key ?? '',
  )
  return [...keys].flatMap(key => {
    const ids = (expected.get(key) ?? []).map(({ id }) => id)
    const heard = [...new Set((actual.get(key) ?? []).map(({ headers }) => headers['ce_id'] ?? ''))]
    const missing = ids.filter(id => !heard.includes(id)).map(id => `${topic} was never told ${id} of ${key}`)
    const surplus = heard.filter(id => !ids.includes(id)).map(id => `${topic} was told ${id} of ${key}, which the log does not tell`)
    const inOrder = missing.length + surplus.length > 0 || heard.join() === ids.join()
    return [...missing, ...surplus, ...(inOrder ? [] : [`${topic} was told of ${key} in another order than it happened`])]
  })
}
