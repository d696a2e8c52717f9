import type { Message } from '@muster/bus'
import type { Quarantined } from './kept.ts'

export const deadTopic = 'muster.lifecycle.dead'

/** Key, bytes and headers as they came, and beside them why it is here, where it came from, and its name in quarantine. */
export const deadMessage = ({ sha256, message: { key, value, headers, topic, partition, offset }, refusal }: Quarantined): Message => ({
  key,
  value,
  headers: {
    ...headers,
    'muster-reason': refusal.code,
    'muster-reason-message': refusal.message,
    ...(refusal.path !== undefined && { 'muster-reason-path': refusal.path }),
    'muster-quarantine': sha256,
    'muster-origin': `${topic}/${partition}/${offset}`,
  },
})
