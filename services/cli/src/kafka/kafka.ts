import type { MessageBus } from '@muster/bus'
import { kafkaBus } from '@muster/bus-kafka'
import { isNonEmpty } from '@muster/kernel'
import type { Command } from 'commander'
import { usage } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

/* A Kafka cluster beside the server, for commands that read or write topics themselves: named as the server's own settings name it. */

export interface KafkaOptions {
  readonly brokers?: string
}

export const kafkaOptions = (command: Command): Command =>
  command.option(
    '--brokers <list>',
    'Kafka: host:port, with commas between (MUSTER_KAFKA_BROKERS; TLS and SASL by MUSTER_KAFKA_TLS and MUSTER_KAFKA_SASL_*)',
  )

/** Undefined where no broker is named. Connects when it is first used. */
export function openKafka({ brokers }: KafkaOptions, { env, tell }: Pick<Terminal, 'env' | 'tell'>): MessageBus | undefined {
  const named = (brokers ?? env['MUSTER_KAFKA_BROKERS'] ?? '').split(',').filter(broker => broker !== '')
  if (!isNonEmpty(named)) return undefined
  const tls = env['MUSTER_KAFKA_TLS'] === 'true'
  const sasl = saslOf(env)
  return kafkaBus(
    { brokers: named, clientId: 'muster-cli', ...(tls && { ssl: true }), ...(sasl !== undefined && { sasl }) },
    (level, message) => void ((level === 'warn' || level === 'error') && tell(message)),
  )
}

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

function saslOf(env: Terminal['env']) {
  const { MUSTER_KAFKA_SASL_MECHANISM: named, MUSTER_KAFKA_SASL_USERNAME: username, MUSTER_KAFKA_SASL_PASSWORD: password } = env
  if (named === undefined && username === undefined && password === undefined) return undefined
  const mechanism = mechanisms.find(one => one === named)
  if (mechanism === undefined || username === undefined || password === undefined)
    throw usage(`MUSTER_KAFKA_SASL_MECHANISM (${mechanisms.join(', ')}), _USERNAME and _PASSWORD go together`)
  return { mechanism, username, password }
}
