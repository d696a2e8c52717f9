import { describe, expect, it } from 'vitest'
import { door } from './example.ts'
import { specify } from './specification.ts'

const { given } = specify(door)

describe('A specification', () => {
  it('is met by what was recorded', () => given().when({ type: 'lock', by: 'ana' }).then({ type: 'door.locked', by: 'ana' }))

  it('is met by a denial that was recorded', () =>
    given().when({ type: 'lock', by: 'thief' }).thenDenied('no-thief', { type: 'door.refused', by: 'thief' }))

  it('is met by a rejection', () =>
    given({ type: 'door.refused', by: 'thief' }).when({ type: 'lock', by: 'thief' }).thenRejected('no-thief'))

  it('is met by silence', () => given({ type: 'door.locked', by: 'ana' }).when({ type: 'lock', by: 'ben' }).thenUnchanged())

  it('shows the state that a history leads to', () =>
    expect(given({ type: 'door.locked', by: 'ana' }, { type: 'door.unlocked', by: 'ana' }).state()).toEqual({ locked: false, refused: [] }))

  it.each<[string, () => void]>([
    ['another event', () => given().when({ type: 'lock', by: 'ana' }).then({ type: 'door.locked', by: 'ben' })],
    [
      'an event too many',
      () => given().when({ type: 'lock', by: 'ana' }).then({ type: 'door.locked', by: 'ana' }, { type: 'door.locked', by: 'ana' }),
    ],
    ['an event where nothing should be', () => given().when({ type: 'lock', by: 'ana' }).thenUnchanged()],
    ['a denial without its refusal', () => given().when({ type: 'lock', by: 'thief' }).then({ type: 'door.refused', by: 'thief' })],
    ['a denial that should leave no trace', () => given().when({ type: 'lock', by: 'thief' }).thenRejected('no-thief')],
  ])('fails at %s', (_, specification) => expect(specification).toThrow('expected'))
})
