import { z } from 'zod'
import { IdentitySettings } from './identity.ts'

/*
 * Every setting, one schema per concern, a sentence per field. `MUSTER_HTTP_PORT` in the environment is `http.port` in `muster.yaml`;
 * the environment wins. `secret` fields are masked wherever settings are shown.
 */

const secret = { secret: true } as const
const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] })
const switchable = z.union([z.boolean(), flag])
const list = z.union([
  z.array(z.string().min(1)),
  z.string().transform(text =>
    text
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== ''),
  ),
])

const http = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('The address to listen on. Demo tokens are refused on one that is not loopback.'),
  port: port.default(7070).describe('The port to listen on; 0 takes a free one.'),
  publicUrl: z.url().optional().describe('Where people reach this server, for links in alerts; http://<host>:<port> when left out.'),
})

const data = z.strictObject({
  dir: z.string().min(1).default('.muster').describe('The folder of the embedded database and of the demo tokens. One folder, one Muster.'),
})

const database = z.strictObject({
  url: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'A PostgreSQL of your own (15 or newer), postgres://user:password@host:port/database. Left out, one that comes by npm is started.',
    )
    .meta(secret),
  connections: z.coerce.number().int().min(4).max(500).default(20).describe('The most connections that one process opens.'),
})

const store = z.enum(['postgres']).default('postgres').describe('Where the log is kept.')

const kafka = z.strictObject({
  brokers: list
    .pipe(z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'host:port, or several separated by commas')))
    .default([])
    .describe('Kafka, host:port separated by commas. Left out, events come by HTTP only and what goes out by Kafka waits.'),
  clientId: z.string().min(1).default('muster').describe('The name that brokers see.'),
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(6)
    .describe('Partitions of a topic that Muster makes. One that exists is left as it is.'),
  tls: switchable.default(false).describe('Whether to speak TLS to the brokers.'),
  saslMechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional().describe('How to log in to the brokers.'),
  saslUsername: z.string().min(1).optional().describe('Who logs in to the brokers.'),
  saslPassword: z.string().min(1).optional().describe('The password for that.').meta(secret),
})

const policies = z.strictObject({
  dir: z.string().min(1).default('infra/policies/starter').describe('The folder of YAML policies that is loaded at start.'),
  keepGoing: switchable.default(false).describe('Start although a policy does not compile, without that one. Also --keep-going.'),
})

const log = z.strictObject({
  level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('The least level that is logged.'),
})

export const Settings = z.strictObject({
  http: http.prefault({}),
  data: data.prefault({}),
  database: database.prefault({}),
  store,
  kafka: kafka.prefault({}),
  policies: policies.prefault({}),
  log: log.prefault({}),
  identity: IdentitySettings.optional(),
})
export type Settings = z.infer<typeof Settings>

/** The environment's name of each setting. The identity is a file of its own, or the key `identity:` of muster.yaml. */
export const variables: Readonly<Record<string, readonly string[]>> = {
  MUSTER_HTTP_HOST: ['http', 'host'],
  MUSTER_HTTP_PORT: ['http', 'port'],
  MUSTER_HTTP_PUBLIC_URL: ['http', 'publicUrl'],
  MUSTER_DATA_DIR: ['data', 'dir'],
  MUSTER_DATABASE_URL: ['database', 'url'],
  MUSTER_DATABASE_CONNECTIONS: ['database', 'connections'],
  MUSTER_STORE: ['store'],
  MUSTER_KAFKA_BROKERS: ['kafka', 'brokers'],
  MUSTER_KAFKA_CLIENT_ID: ['kafka', 'clientId'],
  MUSTER_KAFKA_PARTITIONS: ['kafka', 'partitions'],
  MUSTER_KAFKA_TLS: ['kafka', 'tls'],
  MUSTER_KAFKA_SASL_MECHANISM: ['kafka', 'saslMechanism'],
  MUSTER_KAFKA_SASL_USERNAME: ['kafka', 'saslUsername'],
  MUSTER_KAFKA_SASL_PASSWORD: ['kafka', 'saslPassword'],
  MUSTER_POLICIES: ['policies', 'dir'],
  MUSTER_POLICIES_KEEP_GOING: ['policies', 'keepGoing'],
  MUSTER_LOG_LEVEL: ['log', 'level'],
}
