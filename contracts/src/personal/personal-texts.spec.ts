import { describe, expect, it } from 'vitest'
import { storedType } from '../event.ts'
import { eventDefinitions } from '../registry.ts'
import { textFields, textsOfEvents } from './text-fields.ts'
import { personalFieldsOf, visitPersonalTexts, type Brought } from './personal-texts.ts'

const seen = (type: string, data: unknown, context: Brought['context'] = {}) => {
  const found: [at: string, of: string, text: string][] = []
  visitPersonalTexts({ type, context }, data, ({ personal, of }, at) => found.push([at, of, personal]))
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

  it('without a person beside it is of the person who brought the event, and of nobody where a service did', () => {
    const withdrawn = { because: 'I changed my mind.' }
    expect(seen('intent.withdrawn.v1', withdrawn, { authtype: 'user', authid: 'ana' })).toEqual([['/because', 'ana', 'I changed my mind.']])
    expect(seen('intent.withdrawn.v1', withdrawn, { authtype: 'service_account', authid: 'ci' })).toEqual([])
    expect(seen('intent.withdrawn.v1', withdrawn, { authtype: 'user', authid: 'Ana Schmidt' })).toEqual([])
    expect(seen('intent.withdrawn.v1', withdrawn)).toEqual([])
  })

  it('stands beside its person in no event that a platform sends: who wrote it would be a claim', () =>
    expect(
      eventDefinitions
        .filter(({ origin }) => origin === 'platform')
        .flatMap(event => personalFieldsOf(storedType(event)).filter(({ whose }) => whose === 'beside')),
    ).toEqual([]))
})

describe('Every other text of an event', () => {
  const texts = textsOfEvents()

  it('is said to be none of a person, by its name in text-fields.ts', () =>
    expect([...texts].filter(([name]) => !Object.hasOwn(textFields, name)).flatMap(([, places]) => places)).toEqual([]))

  it('has a name that an event has', () => expect(Object.keys(textFields).filter(name => !texts.has(name))).toEqual([]))
})
