import { describe, expect, it } from 'vitest'
import { IdentitySettings } from './identity.ts'
import { callersOf, hashOfToken, isOwnSource, peopleOf } from './people.ts'

const identity = IdentitySettings.parse({
  people: [{ id: 'ana', names: ['ana@example.org', 'A. Nalyst'] }, { id: 'tom' }],
  speakFor: ['/pipelines/*', 'mlflow.example.org'],
  tokens: [
    { sha256: hashOfToken('ana-token'), person: 'ana', roles: ['model-risk'] },
    { sha256: hashOfToken('ci-token'), service: 'ci', roles: ['publisher'] },
  ],
})

describe('People', () => {
  const { personOf } = peopleOf(identity)

  it('are known by each of their names and by their id', () => {
    expect(personOf('ana@example.org', '/pipelines/train')).toBe('ana')
    expect(personOf('A. Nalyst', 'mlflow.example.org')).toBe('ana')
    expect(personOf('tom', '/pipelines/train')).toBe('tom')
  })

  it('are nobody by a name that no one has', () => {
    expect(personOf('Ana@example.org', '/pipelines/train')).toBeUndefined()
    expect(personOf('__proto__', '/pipelines/train')).toBeUndefined()
  })

  it('are not spoken for by a source that may not', () => {
    expect(personOf('ana', '/notebooks/mine')).toBeUndefined()
    expect(personOf('ana', 'mlflowXexample.org')).toBeUndefined()
    expect(personOf('ana', 'https://evil/pipelines/train')).toBeUndefined()
  })

  it('are spoken for by Muster itself, whose door knew its caller', () => {
    expect(personOf('ana', '/muster/lifecycle')).toBe('ana')
    expect(isOwnSource('/musterious')).toBe(false)
  })

  it('are spoken for by everybody where a star stands alone', () =>
    expect(peopleOf({ ...identity, speakFor: ['*'] }).personOf('ana', 'anything')).toBe('ana'))
})

describe('Callers', () => {
  const { callerOf } = callersOf(identity)

  it('are known by their token alone', () => {
    expect(callerOf('ana-token')).toEqual({ kind: 'person', id: 'ana', roles: ['model-risk'], name: 'person:ana' })
    expect(callerOf('ci-token')).toEqual({ kind: 'service', id: 'ci', roles: ['publisher'], name: 'service:ci' })
    expect(callerOf('another')).toBeUndefined()
    expect(callerOf(hashOfToken('ana-token'))).toBeUndefined()
  })
})
