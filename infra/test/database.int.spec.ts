import { Client } from 'pg'
import { expect, inject, it } from 'vitest'
import { freshDatabase } from './database.ts'

it('gives every test file an empty database of its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(inject('databaseUrl')), freshDatabase(inject('databaseUrl'))])
  const client = new Client({ connectionString: one.url })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('CREATE TABLE mine ()')
  expect(other.url).not.toBe(one.url)
  await other.drop()
  await one.drop()
})
