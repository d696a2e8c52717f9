import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findDefinition, fromWireType, parseSubject } from '@muster/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['events', 'intents', 'rollouts']

const Sent = z.looseObject({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({ uri: z.string().optional(), digest: z.string().optional() }),
})

const sent = files.flatMap(file =>
  readFileSync(`${root}/docs/examples/german-credit/${file}.ndjson`, 'utf8')
    .trim()
    .split('\n')
    .map(line => Sent.parse(JSON.parse(line))),
)

test.each(sent)('the example event $id fits its contract', event => {
  const definition = findDefinition(fromWireType(event.type) ?? '')
  expect(definition?.data.safeParse(event.data).error?.issues ?? []).toEqual([])
  expect(definition && parseSubject(definition.category, event.subject).ok).toBe(true)
})

test('no two example events share an id', () => {
  expect(new Set(sent.map(event => `${event.source} ${event.id}`)).size).toBe(sent.length)
})

test('every document that the example names has the digest that it names', () => {
  const documents = sent.filter(event => event.type === 'dev.muster.version.documented.v1')
  expect(documents.length).toBe(9)
  for (const { data } of documents) {
    const digest = createHash('sha256')
      .update(readFileSync(`${root}/${data.uri}`))
      .digest('hex')
    expect({ uri: data.uri, digest: `sha256:${digest}` }).toEqual({ uri: data.uri, digest: data.digest })
  }
})
