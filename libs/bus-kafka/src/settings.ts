import type { NonEmpty } from '@muster/kernel'

/** How to reach a Kafka cluster, already checked by whoever read the configuration. */
export interface KafkaSettings {
  /** `host:port`, of some brokers; the others are learned from them. */
  readonly brokers: NonEmpty<string>
  /** By which the brokers' own logs and quotas know us. */
  readonly clientId: string
  /** `true` trusts the authorities that Node trusts. */
  readonly ssl?: boolean | TlsSettings
  /** Without TLS a password of `plain` can be read on the way. */
  readonly sasl?: SaslSettings
  /** After this long without a sign of life, in ms, the group gives a consumer's partitions to others. */
  readonly sessionTimeoutMs?: number
  /** After this long without an answer, in ms, a request is made again. */
  readonly requestTimeoutMs?: number
  /** How many partitions one consumer handles at once. */
  readonly concurrency?: number
}

/** In PEM. `cert` and `key` are ours, where brokers ask for a certificate. */
export interface TlsSettings {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly servername?: string
}

export interface SaslSettings {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  readonly password: string
}

export type KafkaLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail?: Readonly<Record<string, unknown>>) => void
