import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { decodeEvent, encodeEvent } from './codec.ts'
import { storedType, type EventDefinition } from './event.ts'
import { eventDefinitions, newestDefinition } from './registry.ts'

/* The golden fixtures: data of each version as it stands in somebody's log, written by hand. Once released, they never change. */

const folder = new URL('../fixtures/', import.meta.url)
const read = (type: string): string => readFileSync(new URL(`${type}.json`, folder), 'utf8').trimEnd()
const definitions = eventDefinitions.map((definition: EventDefinition) => [storedType(definition), definition] as const)

describe('The golden fixtures', () => {
  it('are one for each version of each event', () =>
    expect(readdirSync(folder).toSorted()).toEqual(definitions.map(([type]) => `${type}.json`).toSorted()))
})

describe.each(definitions)('%s', (type, definition) => {
  it('is accepted as it is', () => expect(canonicalJson(definition.data.parse(JSON.parse(read(type))))).toBe(read(type)))

  it('is read, and in its newest version written again to the byte', () => {
    const event = decodeEvent({ type, data: read(type) })
    expect(event.type).toBe(definition.type)
    if (newestDefinition(definition.type) === definition) expect(encodeEvent(event)).toEqual({ type, data: read(type) })
  })

  it('refuses a field that it does not know', () => {
    const data: object = JSON.parse(read(type))
    expect(definition.data.safeParse({ ...data, unheardOf: 1 })).toMatchObject({ success: false })
  })
})

describe.each(definitions.filter(([, { origin }]) => origin === 'platform'))('%s', (type, { data }) => {
  it('keeps what the sender wants to keep, under labels', () => {
    const sent: object = JSON.parse(read(type))
    expect(data.parse({ ...sent, labels: { unheardOf: 'kept' } })).toMatchObject({ labels: { unheardOf: 'kept' } })
  })
})
