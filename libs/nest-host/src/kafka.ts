import { kafkaBus } from '@muster/bus-kafka'
import type { MessageBus } from '@muster/bus'
import { isNonEmpty } from '@muster/kernel'
import type { Logger } from 'pino'
import type { Settings } from './settings.ts'

/** Null without brokers. */
export function openKafka({ kafka }: Settings, logger: Logger): MessageBus | null {
  const { brokers, clientId, tls, saslMechanism: mechanism, saslUsername: username, saslPassword: password } = kafka
  if (!isNonEmpty(brokers)) return null
  return kafkaBus(
    {
      brokers,
      clientId,
      ...(tls && { ssl: true }),
      ...(mechanism !== undefined && username !== undefined && password !== undefined && { sasl: { mechanism, username, password } }),
    },
    (level, message, detail = {}) => logger[level](detail, message),
  )
}
