import { Kafka, logLevel } from 'kafkajs'
import { Client } from 'pg'
import type * as kafkaTools from '../../infra/kafka/kafka.mjs'
import { freshDatabase } from '../../infra/test/database.ts'
import { tool } from '../program.ts'
import { partitions, type Servers } from './contender.ts'
import { startPostgres } from './postgres.ts'

/* One Kafka and one PostgreSQL, both new and empty, with the same topics and a database for each of the two. */

/** On return, `toEnd` ends what was started, also when this throws halfway. */
export async function startServers(
  say: (line: string) => void,
  toEnd: (() => Promise<unknown>)[],
): Promise<Omit<Servers, 'databaseUrl'> & { readonly databaseUrls: readonly [string, string] }> {
  const { startKafka } = (await tool('infra/kafka/kafka.mjs')) as typeof kafkaTools
  const kafka = await startKafka({ longLived: true, log: say })
  toEnd.push(() => kafka.stop())
  const postgres = await startPostgres()
  toEnd.push(() => postgres.stop())
  await makeTopics(kafka.brokers)
  const databases = [await freshDatabase(postgres.url), await freshDatabase(postgres.url)] as const
  toEnd.push(() => Promise.all(databases.map(database => database.drop())))
  say(`Kafka and PostgreSQL ${await describePostgres(postgres.url)} are ready`)
  return { brokers: kafka.brokers, databaseUrls: [databases[0].url, databases[1].url] }
}

async function makeTopics(brokers: readonly string[]): Promise<void> {
  const admin = new Kafka({ clientId: 'bench', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const names = ['muster', 'hand-built'].flatMap(name => [`${name}.lifecycle`, `${name}.decisions`])
    await admin.createTopics({ waitForLeaders: true, topics: names.map(topic => ({ topic, numPartitions: partitions })) })
  } finally {
    await admin.disconnect()
  }
}

async function describePostgres(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ told: string }>(
      `SELECT format('%s (fsync %s, synchronous_commit %s)', current_setting('server_version'), current_setting('fsync'),
                     current_setting('synchronous_commit')) AS told`,
    )
    return rows[0]?.told ?? ''
  } finally {
    await client.end()
  }
}
