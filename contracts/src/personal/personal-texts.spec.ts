import { describe, expect, it } from 'vitest'
import { storedType } from '../event.ts'
import { eventDefinitions } from '../registry.ts'
import { textFields, textsOfEvents } from './text-fields.ts'
import { personalPathsOf, visitPersonalTexts } from './personal-texts.ts'

const seen = (type: string, data: unknown) => {
  const found: [at: string, of: string, text: string][] = []
  visitPersonalTexts(type, data, ({ personal, of }, at) => found.push([at, of, personal]))
  return found
}
const reason = { personal: 'The evidence was read.', of: 'ana' }

describe('Personal text', () => {
  it('is found where the contract of the event says', () =>
    expect(seen('approval.signed.v1', { by: 'ana', role: 'model-risk', verdict: 'approve', reason })).toEqual([
      ['/reason', 'ana', 'The evidence was read.'],
    ]))

  it('may be left out where the contract lets it', () => expect(seen('person.erased.v1', { person: 'ana', keys: [] })).toEqual([]))

  it('is looked for nowhere else: what a sender puts under its own labels has the shape by chance', () =>
    expect(seen('model.registered.v1', { labels: { reason } })).toEqual([]))

  it('of a type that this release does not know is not found: nobody reads that either', () =>
    expect(seen('approval.signed.v99', { reason })).toEqual([]))

  it('is in no event that a platform sends: who wrote it would be a claim', () =>
    expect(eventDefinitions.filter(({ origin }) => origin === 'platform').flatMap(event => personalPathsOf(storedType(event)))).toEqual([]))
})

describe('Every other text of an event', () => {
  const texts = textsOfEvents()

  it('is said to be none of a person, by its name in text-fields.ts', () =>
    expect([...texts].filter(([name]) => !Object.hasOwn(textFields, name)).flatMap(([, places]) => places)).toEqual([]))

  it('has a name that an event has', () => expect(Object.keys(textFields).filter(name => !texts.has(name))).toEqual([]))
})
