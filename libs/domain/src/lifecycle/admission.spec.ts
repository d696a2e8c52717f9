import type { LifecycleEvent } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { digest } from '../testing/recorded.ts'
import { admit, type Candidate, type StreamMemory } from './admission.ts'

const registered = (artifact: string, framework?: string): LifecycleEvent => ({
  type: 'version.registered',
  artifact: { digest: digest(artifact) },
  ...(framework !== undefined && { framework }),
})
const candidate = (id: string, event: LifecycleEvent): Candidate => ({ id, content: JSON.stringify(event), event })
const memoryOf = (artifact: string | undefined, ...stood: readonly Candidate[]): StreamMemory => {
  const contents = new Map(stood.map(({ id, content }) => [id, content]))
  return { contentOf: id => contents.get(id), ...(artifact !== undefined && { artifact: digest(artifact) }) }
}

const first = candidate('1', registered('a'))
const memory = memoryOf('a', first)

describe('An event of the platform', () => {
  it('that is new enters its stream', () => expect(admit(memoryOf(undefined), first)).toEqual({ kind: 'record' }))

  it('that came before with the same content is a repeat', () => expect(admit(memory, first)).toEqual({ kind: 'repeat' }))

  it('that came before is a repeat even where another artifact was registered meanwhile', () =>
    expect(admit(memoryOf('b', first), first)).toEqual({ kind: 'repeat' }))

  it('that has the id of another is refused', () =>
    expect(admit(memory, candidate('1', registered('a', 'sklearn')))).toMatchObject({ kind: 'refuse', code: 'id-reused' }))

  it('that names another artifact for a version that has one is refused, with the field', () =>
    expect(admit(memory, candidate('2', registered('b')))).toMatchObject({
      kind: 'refuse',
      code: 'conflicting-digest',
      path: '/data/artifact/digest',
      message: expect.stringContaining(digest('a')) as string,
    }))

  it('that registers a version again with its artifact enters', () =>
    expect(admit(memory, candidate('2', registered('a', 'sklearn')))).toEqual({ kind: 'record' }))

  it('that says something else of the version enters', () =>
    expect(admit(memory, candidate('2', { type: 'version.evaluated', dataset: { name: 'applications' } }))).toEqual({ kind: 'record' }))
})
