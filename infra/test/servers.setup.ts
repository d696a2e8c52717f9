import { readFileSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startKafkaIfPossible, startPostgres } from './servers.mjs'

/*
 * Vitest's global set-up of the projects int and e2e. `npm test` has started the servers and names them in the environment; a run of
 * vitest by hand starts its own, and Kafka, which takes seconds, only for files that mention it.
 */

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = (line: string): void => console.log(line)
  const [postgres, kafka] = await Promise.all([startPostgres(log), (await wantsKafka(project)) ? startKafkaIfPossible(log) : undefined])
  if (kafka?.missing !== undefined) log(`Kafka tests are left out: ${kafka.missing}`)
  project.provide('databaseUrl', postgres.databaseUrl)
  project.provide('kafkaBrokers', kafka?.kafkaBrokers ?? '')
  return async () => {
    await Promise.all([postgres.stop(), kafka?.stop()])
  }
}

async function wantsKafka(project: TestProject): Promise<boolean> {
  if (project.name === 'e2e') return true
  // Not in vitest's types; without it all files are looked at, and at worst Kafka is started for nothing.
  const filters: unknown = Reflect.get(project.vitest, 'filenamePattern')
  const { testFiles } = await project.globTestFiles(Array.isArray(filters) ? filters.map(String) : [])
  return testFiles.some(file => /kafka/i.test(readFileSync(file, 'utf8')))
}
