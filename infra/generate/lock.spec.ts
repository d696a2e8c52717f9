import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { digestOf, nextLock, release, type Lock } from './lock.ts'
import { lockedSchemas, type JsonSchema } from './schemas.ts'

const schema = (properties: JsonSchema): JsonSchema => ({ type: 'object', description: 'A thing.', properties })
const one = new Map([['thing.made.v1', schema({ name: { type: 'string' } })]])
const changed = new Map([['thing.made.v1', schema({ name: { type: 'string' }, size: { type: 'integer' } })]])
const released = release(nextLock(one, {}).lock)

describe('The lock', () => {
  it('lets a version change until it is released', () => {
    const { lock, broken } = nextLock(changed, nextLock(one, {}).lock)
    expect(broken).toEqual([])
    expect(lock['thing.made.v1']).toEqual({ digest: digestOf(changed.get('thing.made.v1') ?? {}), released: false })
  })

  it('refuses any change of a released version, an optional field too', () =>
    expect(nextLock(changed, released).broken).toEqual([expect.stringContaining('thing.made.v1 is released and its schema changed')]))

  it('refuses to lose a released version', () =>
    expect(nextLock(new Map(), released).broken).toEqual([
      expect.stringContaining('thing.made.v1 is released and no longer in the registry'),
    ]))

  it('takes the next version beside a released one, and keeps what was released', () => {
    const { lock, broken } = nextLock(new Map([...one, ['thing.made.v2', schema({})]]), released)
    expect(broken).toEqual([])
    expect(Object.entries(lock).map(([type, entry]) => [type, entry.released])).toEqual([
      ['thing.made.v1', true],
      ['thing.made.v2', false],
    ])
  })

  it('lets a sentence be made better, and knows a field called description from a description', () => {
    const named = schema({ description: { type: 'string', description: 'In words.' } })
    expect(digestOf({ ...named, description: 'Another sentence.' })).toBe(digestOf(named))
    expect(digestOf(schema({}))).not.toBe(digestOf(named))
  })

  it('holds what is committed', () => {
    const committed: Lock = JSON.parse(readFileSync(new URL('../../contracts/schema.lock.json', import.meta.url), 'utf8'))
    expect(nextLock(lockedSchemas, committed)).toEqual({ lock: committed, broken: [] })
  })
})
