import { describe, expect, it } from 'vitest'
import { deploymentChecked } from './deployments/events.ts'
import { deploymentCheckedV1 } from './deployments/superseded.ts'
import { fromWireType, storedType, supersede, toWireType, wireType, type EventDefinition } from './event.ts'
import { isCategory } from './ids.ts'
import { eventDefinitions, findDefinition, newestDefinition } from './registry.ts'

const duplicates = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index)

describe('The registry', () => {
  it('has each version of each event once', () =>
    expect(duplicates(eventDefinitions.map(definition => storedType(definition)))).toEqual([]))

  it('has a wire name of its own for each', () => {
    expect(duplicates(eventDefinitions.map(wireType))).toEqual([])
    for (const definition of eventDefinitions) expect(fromWireType(wireType(definition))).toBe(storedType(definition))
  })

  it('counts the versions of an event from 1, without a gap', () => {
    for (const type of new Set(eventDefinitions.map(definition => definition.type))) {
      const versions = eventDefinitions.filter(definition => definition.type === type).map(definition => definition.version)
      expect(versions.toSorted((a, b) => a - b)).toEqual(versions.map((_, index) => index + 1))
    }
  })

  it('writes the newest version and finds every one', () => {
    for (const definition of eventDefinitions) {
      expect(findDefinition(storedType(definition))).toBe(definition)
      expect(newestDefinition(definition.type)?.version).toBeGreaterThanOrEqual(definition.version)
    }
    expect(findDefinition('model.registered.v99')).toBeUndefined()
    expect(newestDefinition('constructor')).toBeUndefined()
  })

  it('leads from every version but the newest to the next', () => {
    const definitions: readonly EventDefinition[] = eventDefinitions
    for (const definition of definitions) expect(definition.upcast === undefined).toBe(newestDefinition(definition.type) === definition)
  })

  it('takes for the next version none but the one that follows', () =>
    expect(() => supersede(deploymentCheckedV1, { ...deploymentChecked, version: 3 }, data => data as never)).toThrow('does not follow'))

  it.each(eventDefinitions.map(definition => [definition.type, definition] as const))(
    'calls %s by a noun and what happened to it',
    (type, definition) => {
      expect(type).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      expect(isCategory(definition.category)).toBe(true)
      expect(definition.description).toMatch(/\.$/)
    },
  )

  it('leaves `type` to the event: no data has a field of that name', () =>
    expect(eventDefinitions.filter(({ data }) => 'type' in data.shape)).toEqual([]))
})

describe('A wire name', () => {
  it('is the stored one with ours in front', () => {
    expect(toWireType('intent.declared.v1')).toBe('dev.muster.intent.declared.v1')
    expect(fromWireType('com.example.intent.declared.v1')).toBeUndefined()
  })
})
