import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { eventDefinitions, storedType } from '@muster/contracts'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const contracts = new URL('../../contracts/', import.meta.url)
const document = parse(readFileSync(new URL('asyncapi.yaml', contracts), 'utf8')) as Node
type Node = { readonly [key: string]: Node }

/** The official schema of AsyncAPI 3.0, by those who publish the standard. */
const official: object = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json')

function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' && typeof value === 'string' ? [value] : references(value)))
}

const follow = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<Node | undefined>((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document)

describe('asyncapi.yaml', () => {
  it('is AsyncAPI 3.0, as the official schema has it', () => {
    const ajv = formats.default(new Ajv({ strict: false, validateFormats: true, allErrors: true, allowUnionTypes: true }))
    const validate = ajv.compile(official)
    expect(validate(document), JSON.stringify(validate.errors?.slice(0, 5), null, 1)).toBe(true)
    expect(validate({ ...document, channels: { lifecycle: { address: 1 } } })).toBe(false)
  })

  it('points only at what is there', () => {
    const missing = references(document).filter(reference =>
      reference.startsWith('#/') ? follow(reference) === undefined : !existsSync(new URL(reference, contracts)),
    )
    expect(missing).toEqual([])
  })

  it('has a message for every event that the platform may send', () =>
    expect(Object.keys(document.channels?.lifecycle?.messages ?? {})).toEqual([
      ...eventDefinitions.filter(({ origin }) => origin === 'platform').map(definition => storedType(definition)),
      'structured',
    ]))

  it('names the topics that everybody agreed on', () =>
    expect(Object.values(document.channels ?? {}).map(({ address }) => address)).toEqual([
      'muster.lifecycle',
      'muster.lifecycle.dead',
      'muster.decisions',
      'muster.alerts',
      '/v1/stream',
    ]))

  it('describes what the example run really sends', () => {
    const ajv = formats.default(new Ajv2020({ strict: false }))
    const base = 'file:///contracts/'
    for (const file of readdirSync(new URL('schemas/', contracts)))
      ajv.addSchema(JSON.parse(readFileSync(new URL(`schemas/${file}`, contracts), 'utf8')), `${base}schemas/${file}`)
    const structured: unknown = document.components?.messages?.structured?.payload?.schema
    const validate = ajv.compile({ $id: base, allOf: [structured] })
    const example = new URL('../../docs/examples/german-credit/events.ndjson', import.meta.url)
    const events = readFileSync(example, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as object)
    for (const event of events) expect(validate(event), JSON.stringify([event, validate.errors])).toBe(true)
    for (const event of events) expect(validate({ ...event, data: { unheardOf: 1 } })).toBe(false)
  })
})
