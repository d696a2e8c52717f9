import { readFileSync } from 'node:fs'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { Kafka, logLevel, type EachMessagePayload, type IHeaders } from 'kafkajs'
import { Pool } from 'pg'
import { makeFacts, type Intent } from './facts.ts'

/*
 * The gate that a team would write by hand, in its usual form: kafkajs `eachMessage` → a check by opa-wasm over facts in memory → one INSERT →
 * the decision on a topic, each awaited, the partitions side by side.
 *
 * It decides, and no more: no explanation beyond the names of rules, no facts kept with the decision, no recognition of repeats, no replay,
 * no validation, no approvals, no alerts, no read models. A crash between the INSERT and the topic tells a decision twice.
 */

const { BENCH_BROKERS = '', BENCH_DATABASE_URL = '', BENCH_POLICY = '', BENCH_PARTITIONS = '1' } = process.env
const partitions = Number(BENCH_PARTITIONS)

const policy = await loadPolicy(readFileSync(BENCH_POLICY))
const facts = makeFacts()
const pool = new Pool({ connectionString: BENCH_DATABASE_URL, max: partitions })
await pool.query(
  `CREATE TABLE IF NOT EXISTS decisions (
     id bigserial PRIMARY KEY, intent text NOT NULL, model text NOT NULL, version text NOT NULL, environment text NOT NULL,
     endpoint text NOT NULL, status text NOT NULL, reasons text[] NOT NULL, decided_at timestamptz NOT NULL)`,
)
const insert = `INSERT INTO decisions (intent, model, version, environment, endpoint, status, reasons, decided_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

const kafka = new Kafka({ clientId: 'hand-built', brokers: BENCH_BROKERS.split(','), logLevel: logLevel.ERROR })
const producer = kafka.producer({ allowAutoTopicCreation: false })
const consumer = kafka.consumer({ groupId: 'hand-built', maxWaitTimeInMs: 250, allowAutoTopicCreation: false })

async function handle({ message: { key, value, headers = {} } }: EachMessagePayload): Promise<void> {
  const [type, subject, time] = [textOf(headers, 'ce_type'), textOf(headers, 'ce_subject'), textOf(headers, 'ce_time')]
  const data = JSON.parse(value?.toString('utf8') ?? '{}') as object
  if (type !== 'dev.muster.intent.declared.v1') return facts.learn(type, subject, Date.parse(time), data)

  const intent = data as Intent
  const now = new Date()
  const [{ result }] = policy.evaluate(facts.inputOf(intent, now.getTime())) as [{ result: { status: string; reasons: string[] } }]
  const { model, version, environment, endpoint } = intent
  await pool.query({
    name: 'insert-decision',
    text: insert,
    values: [subject, model, version, environment, endpoint, result.status, result.reasons, now],
  })
  const decision = { deployment: subject, ...result, target: { model, version, environment, endpoint }, decidedAt: now.toISOString() }
  await producer.send({ topic: 'hand-built.decisions', acks: -1, messages: [{ key, value: JSON.stringify(decision) }] })
}

const textOf = (headers: IHeaders, name: string): string => String(headers[name] ?? '')

process.once('SIGTERM', () => {
  const ended = consumer.disconnect().then(() => Promise.all([producer.disconnect(), pool.end()]))
  ended.then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
consumer.on(consumer.events.GROUP_JOIN, () => console.log('hand-built is ready'))
await Promise.all([producer.connect(), consumer.connect()])
await consumer.subscribe({ topics: ['hand-built.lifecycle'], fromBeginning: true })
await consumer.run({ partitionsConsumedConcurrently: partitions, eachMessage: handle })
