import { z } from 'zod'
import { IdentitySettings } from './identity.ts'

/*
 * Every setting, one schema per concern, a sentence per field. `MUSTER_HTTP_PORT` in the environment is `http.port` in `muster.yaml`;
 * the environment wins. Settings that are marked `secret` are masked wherever they are shown.
 */

const secret = { secret: true } as const
const count = (least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}
const either = z.union([z.boolean(), z.stringbool({ truthy: ['true', 'yes', 'on', '1'], falsy: ['false', 'no', 'off', '0'] })], {
  error: 'true or false',
})
const commaSeparated = (text: unknown): unknown =>
  typeof text === 'string'
    ? text
        .split(',')
        .map(item => item.trim())
        .filter(item => item !== '')
    : text

const http = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('The address to listen on. Demo tokens are refused on one that is not loopback.'),
  port: count(0, 65_535).default(7070).describe('The port to listen on; 0 takes a free one.'),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'an address such as https://muster.example.org' })
    .optional()
    .describe('Where people reach this server, for links in alerts; http://<host>:<port> when left out.'),
})

const data = z.strictObject({
  dir: z.string().min(1).default('.muster').describe('The folder of the embedded database and of the demo tokens. One folder, one Muster.'),
})

const database = z.strictObject({
  url: z
    .url({ protocol: /^postgres(ql)?$/, error: 'an address such as postgres://user:password@host:5432/database' })
    .optional()
    .describe(
      'A PostgreSQL of your own, 15 or newer: postgres://user:password@host:port/database. Left out, one that comes by npm is started.',
    )
    .meta(secret),
  connections: count(4, 500)
    .default(30)
    .describe('The most connections to the database that one process opens, besides two that listen, one that appends and one for keys.'),
})

const kurrentdb = z.strictObject({
  url: z
    .string()
    .regex(/^esdb(\+discover)?:\/\/\S+$/, 'an address such as esdb://user:password@host:2113?tls=true')
    .optional()
    .describe('The server of the log where the store is kurrentdb: esdb://user:password@host:2113, or esdb+discover:// for a cluster.')
    .meta(secret),
})

const kafka = z
  .strictObject({
    brokers: z
      .preprocess(commaSeparated, z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'host:port, or several with commas between')))
      .default([])
      .describe('Kafka: host:port, or several with commas between. Left out, events come by HTTP only and what goes out by Kafka waits.'),
    clientId: z.string().min(1).default('muster').describe('The name that brokers see.'),
    partitions: count(1, 1000).default(6).describe('Partitions of a topic that Muster makes. One that exists is left as it is.'),
    tls: either.default(false).describe('Whether to speak TLS to the brokers.'),
    saslMechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional().describe('How to log in to the brokers.'),
    saslUsername: z.string().min(1).optional().describe('Who logs in to the brokers.'),
    saslPassword: z.string().min(1).optional().describe('The password for that.').meta(secret),
  })
  .superRefine(({ saslMechanism, ...login }, context) => {
    for (const field of ['saslUsername', 'saslPassword'] as const)
      if ((saslMechanism === undefined) !== (login[field] === undefined))
        context.addIssue({ code: 'custom', path: [field], message: 'mechanism, user name and password belong together' })
  })

const policies = z.strictObject({
  dir: z
    .string()
    .min(1)
    .default('infra/policies/starter')
    .describe('The folder of YAML policies that is loaded at start: published under demo tokens, else submitted for review.'),
  author: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Who answers for what that folder says: one of the people, who then reviews none of it. Without, nobody can review it.'),
  keepGoing: either.default(false).describe('Start although a policy does not compile, without that one. Also: --keep-going.'),
})

const personal = z.strictObject({
  keyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The file with the master key of personal text: 64 hex digits, those of before on lines behind it. Every Muster of a database needs the same. Left out, personal.key in the data folder, made at the first start.',
    ),
})

const witness = z.string().transform((text, context) => {
  const [, url, key] = /^(https?:\/\/\S+) +(\S+\+[0-9a-f]{8}\+\S+)$/.exec(text.trim()) ?? []
  if (url !== undefined && key !== undefined) return { url, key }
  context.addIssue({
    code: 'custom',
    message: 'an address, a space and a key: https://witness.example.org witness.example.org+1a2b3c4d+BA…',
  })
  return z.NEVER
})
const ledger = z.strictObject({
  keyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The file with the keys that sign the ledger, PRIVATE+KEY+<origin>+<id>+<seed>, one a line. Left out, ledger.key in the data folder, made at the first start.',
    ),
  witnesses: z
    .preprocess(commaSeparated, z.array(witness))
    .default([])
    .describe('Who is shown every checkpoint and cosigns it: address and public key of each, with commas between.'),
})

const log = z.strictObject({
  level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('The least level that is logged.'),
  format: z
    .enum(['json', 'text'])
    .optional()
    .describe('json for machines, text for people; left out, text on a terminal and json elsewhere.'),
})

export const Settings = z
  .strictObject({
    http: http.prefault({}),
    data: data.prefault({}),
    database: database.prefault({}),
    store: z
      .enum(['postgres', 'kurrentdb'])
      .default('postgres')
      .describe('Where the log is kept. PostgreSQL is needed for everything else in either case.'),
    kurrentdb: kurrentdb.prefault({}),
    kafka: kafka.prefault({}),
    policies: policies.prefault({}),
    personal: personal.prefault({}),
    ledger: ledger.prefault({}),
    log: log.prefault({}),
    identity: IdentitySettings.optional(),
  })
  .superRefine(({ store, kurrentdb: { url } }, context) => {
    if (store === 'kurrentdb' && url === undefined)
      context.addIssue({ code: 'custom', path: ['kurrentdb', 'url'], message: 'needed where the store is kurrentdb' })
  })
export type Settings = z.infer<typeof Settings>

/** The environment's name of each setting, and its path in muster.yaml. */
export const variables: readonly (readonly [variable: string, ...path: string[]])[] = [
  ['MUSTER_HTTP_HOST', 'http', 'host'],
  ['MUSTER_HTTP_PORT', 'http', 'port'],
  ['MUSTER_HTTP_PUBLIC_URL', 'http', 'publicUrl'],
  ['MUSTER_DATA_DIR', 'data', 'dir'],
  ['MUSTER_DATABASE_URL', 'database', 'url'],
  ['MUSTER_DATABASE_CONNECTIONS', 'database', 'connections'],
  ['MUSTER_STORE', 'store'],
  ['MUSTER_KURRENTDB_URL', 'kurrentdb', 'url'],
  ['MUSTER_KAFKA_BROKERS', 'kafka', 'brokers'],
  ['MUSTER_KAFKA_CLIENT_ID', 'kafka', 'clientId'],
  ['MUSTER_KAFKA_PARTITIONS', 'kafka', 'partitions'],
  ['MUSTER_KAFKA_TLS', 'kafka', 'tls'],
  ['MUSTER_KAFKA_SASL_MECHANISM', 'kafka', 'saslMechanism'],
  ['MUSTER_KAFKA_SASL_USERNAME', 'kafka', 'saslUsername'],
  ['MUSTER_KAFKA_SASL_PASSWORD', 'kafka', 'saslPassword'],
  ['MUSTER_POLICIES', 'policies', 'dir'],
  ['MUSTER_POLICIES_AUTHOR', 'policies', 'author'],
  ['MUSTER_POLICIES_KEEP_GOING', 'policies', 'keepGoing'],
  ['MUSTER_PERSONAL_KEY_FILE', 'personal', 'keyFile'],
  ['MUSTER_LEDGER_KEY_FILE', 'ledger', 'keyFile'],
  ['MUSTER_LEDGER_WITNESSES', 'ledger', 'witnesses'],
  ['MUSTER_LOG_LEVEL', 'log', 'level'],
  ['MUSTER_LOG_FORMAT', 'log', 'format'],
]

/** Names files, so they stand beside the settings. */
export const fileVariables = {
  MUSTER_CONFIG: 'The file of settings; muster.yaml in the working folder when left out.',
  MUSTER_IDENTITY_FILE: 'A YAML file with people, speakFor and tokens; it takes the place of the key identity in muster.yaml.',
} as const
