import type { PolicyDocument, PolicyEvent } from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { constant, constantFrom, oneof, record } from 'fast-check'
import { describe, it } from 'vitest'
import { approvalRule, policy as document, published as publishedEvent } from '../testing/policies.ts'
import { digest, store } from '../testing/recorded.ts'
import { policy, type PolicyCommand } from './policy.ts'

const { given } = specify(policy)

const at = '2026-11-25T12:00:00.000Z'
const reason = { personal: 'No longer needed.', of: 'olga' }
const publish = (of: PolicyDocument = document(), text = 'first', reviewed = true): PolicyCommand => ({
  type: 'publish-policy',
  document: of,
  digest: digest(text),
  at,
  reviewed,
})
const published = (version: number, text: string, rest: Partial<Extract<PolicyEvent, { type: 'policy.published' }>> = {}): PolicyEvent =>
  publishedEvent(document(), { version, digest: digest(text), effectiveFrom: at, ...rest })
const retire: PolicyCommand = { type: 'retire-policy', reason }
const retired = (version: number): PolicyEvent => ({ type: 'policy.retired', version, reason })

describe('A policy', () => {
  it('is published in its first version, enforced from now on unless it says otherwise', () =>
    given()
      .when(publish())
      .then(published(1, 'first', { mode: 'enforce', effectiveFrom: at })))

  it('takes effect and ends when it says, in the mode that it says', () => {
    const effective = { from: '2027-01-01T00:00:00Z', until: '2027-12-31T00:00:00Z' }
    const later = document({ mode: 'shadow', effective })
    given()
      .when(publish(later))
      .then(published(1, 'first', { document: later, mode: 'shadow', effectiveFrom: effective.from, effectiveUntil: effective.until }))
  })

  it('says whether peers agreed to it', () =>
    given()
      .when(publish(document(), 'first', false))
      .then(published(1, 'first', { reviewed: false })))

  it('is not published again while its text is the same: loading a folder at every start is harmless', () =>
    given(published(1, 'first')).when(publish()).thenUnchanged())

  it('is published in the next version when its text is another', () =>
    given(published(1, 'first')).when(publish(document(), 'second')).then(published(2, 'second')))

  it('is published anew in a text that it had before the present one', () =>
    given(published(1, 'first'), published(2, 'second')).when(publish()).then(published(3, 'first')))

  it('stays of its kind', () => given(published(1, 'first')).when(publish(approvalRule(), 'second')).thenRejected('other-kind'))
})

describe('A policy that is retired', () => {
  it('ends with its newest version, once', () => {
    given(published(1, 'first'), published(2, 'second')).when(retire).then(retired(2))
    given(published(1, 'first'), retired(1)).when(retire).thenUnchanged()
  })

  it('was published before', () => given().when(retire).thenRejected('not-found'))

  it('is not brought back by a file that was left behind', () => given(published(1, 'first'), retired(1)).when(publish()).thenUnchanged())

  it('is brought back by another text', () =>
    given(published(1, 'first'), retired(1)).when(publish(document(), 'second')).then(published(2, 'second')))
})

describe('A policy by whatever comes', () => {
  const commands = oneof(
    {
      arbitrary: record({
        type: constant('publish-policy' as const),
        document: constantFrom(document(), document({ mode: 'warn', effective: { from: at } }), approvalRule()),
        digest: constantFrom(digest('first'), digest('second')),
        at: constantFrom(at, '2026-12-01T00:00:00.000Z'),
        reviewed: constantFrom(true, false),
      }),
      weight: 3,
    },
    constant(retire),
  )
  obeysTheLaws(policy, commands, store)
})
