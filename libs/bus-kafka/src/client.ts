import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Kafka, logLevel, type ISocketFactory, type KafkaConfig, type LogEntry, type RetryOptions, type SASLOptions } from 'kafkajs'
import type { KafkaLog, KafkaSettings, SaslSettings } from './settings.ts'

/*
 * A kafkajs client whose connections we can end.
 *
 * kafkajs waits for every pending request before it disconnects, which takes as long as a broker that is frozen likes. So we make
 * the sockets ourselves: `destroy` ends them, whatever is pending fails at once, and no new one is made.
 */

export interface Client {
  readonly kafka: Kafka
  destroy(): void
}

const CONNECT_WITHIN_MS = 5_000
const REQUEST_WITHIN_MS = 10_000
const KEEP_ALIVE_MS = 60_000

/** Few and quick: whoever uses the client begins anew with another one, for ever, and says so. */
const RETRY: RetryOptions = {
  initialRetryTime: 100,
  multiplier: 2,
  factor: 0.2,
  maxRetryTime: 1_000,
  retries: 3,
  restartOnFailure: () => Promise.resolve(false),
}

const OF_ATTEMPTS: ReadonlySet<string> = new Set([
  'Connection',
  'BrokerPool',
  'Cluster',
  'RequestQueue',
  'Producer',
  'MessageProducer',
  'Consumer',
  'Runner',
])

export function openClient(settings: KafkaSettings, log: KafkaLog): Client {
  const sockets = new Set<Socket>()
  let destroyed = false

  const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (destroyed) throw new Error('this client is closed')
    const servername = isIP(host) === 0 ? { servername: host } : {}
    const socket = isTls(ssl) ? connectTls({ host, port, ...servername, ...ssl }, onConnect) : connect({ host, port }, onConnect)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }

  const config: KafkaConfig = {
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    ...(settings.ssl !== undefined && { ssl: settings.ssl }),
    ...(settings.sasl !== undefined && { sasl: saslOf(settings.sasl) }),
    connectionTimeout: CONNECT_WITHIN_MS,
    authenticationTimeout: CONNECT_WITHIN_MS,
    requestTimeout: settings.requestTimeoutMs ?? REQUEST_WITHIN_MS,
    retry: RETRY,
    socketFactory,
    logLevel: logLevel.INFO,
    logCreator: () => entry => pass(entry, log),
  }

  return {
    kafka: new Kafka(config),
    destroy() {
      destroyed = true
      for (const socket of sockets) socket.destroy(new Error('the client was closed'))
    },
  }
}

/** kafkajs gives the factory what it was configured with, although its types promise more. */
function isTls(ssl: unknown): ssl is Record<string, unknown> {
  return typeof ssl === 'object' && ssl !== null
}

function saslOf({ mechanism, username, password }: SaslSettings): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password }
    case 'scram-sha-256':
      return { mechanism, username, password }
    case 'scram-sha-512':
      return { mechanism, username, password }
  }
}

/**
 * kafkajs calls each attempt that fails an error, and each rebalance a warning. We make the next attempt ourselves and tell an outage once, so what
 * it says of those is detail. What remains is worth a warning: an offset that retention has removed, a partition that it does not know.
 */
function pass({ namespace, level, log: { message, ...detail } }: LogEntry, log: KafkaLog): void {
  log(level <= logLevel.WARN && !OF_ATTEMPTS.has(namespace) ? 'warn' : 'debug', `kafkajs ${namespace}: ${message}`, detail)
}
