import { decodeEvent, encodeEvent, type PersonEvent } from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { person, type ErasePerson } from './person.ts'

const { given } = specify(person)
const [first, second] = ['0b1c3f6e-2a4d-4c8e-9f10-6b7a8c9d0e1f', '1b1c3f6e-2a4d-4c8e-9f10-6b7a8c9d0e1f'] as const
const erase = (...keys: string[]): ErasePerson => ({ type: 'erase-person', person: 'ana', keys })
const erased = (...keys: string[]): PersonEvent => ({ type: 'person.erased', person: 'ana', keys })

describe('A person', () => {
  it('is erased by naming the keys that are to be destroyed', () => given().when(erase(first)).then(erased(first)))

  it('is erased once, however often that is asked', () => given(erased(first)).when(erase(first)).thenUnchanged())

  it('who wrote again after that is erased again, of the new key only', () =>
    given(erased(first)).when(erase(first, second)).then(erased(second)))

  it('without a key is recorded all the same, once: there may be texts of before there were keys', () => {
    given().when(erase()).then(erased())
    given(erased()).when(erase()).thenUnchanged()
  })

  it('is erased for a reason that is text of whoever gives it', () => {
    const reason = { personal: 'She asked for it.', of: 'petra' }
    given()
      .when({ ...erase(first), reason })
      .then({ type: 'person.erased', person: 'ana', keys: [first], reason })
  })

  describe('obeys the laws', () => {
    obeysTheLaws(
      person,
      fc.constantFrom(erase(), erase(first), erase(first, second), erase(second)),
      event => decodeEvent(encodeEvent(event)) as PersonEvent,
    )
  })
})
