import { streamName, type ApprovalEvent, type Author, type PolicyDocument, type PolicyEvent, type Recorded } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { policy as document, published } from '../../../libs/domain/src/testing/policies.ts'
import { recorded } from '../../../libs/domain/src/testing/recorded.ts'
import { historyOf, signaturesOf, versionsOf } from './policy-history.ts'
import { evolveStanding, viewOf, type Standing } from './policy.view.ts'

const first = document()
const second = document({ title: 'It separates better' })
const reason = { personal: 'No longer needed.', of: 'olga' }
const trial = (of: PolicyDocument, version: number): PolicyEvent => published(of, { version, mode: 'shadow' })
const retired = (version: number): PolicyEvent => ({ type: 'policy.retired', version, reason })
const content = (author: Author) => ({ digest: published(first).digest, document: first, authors: [author] })

const history = (...events: readonly PolicyEvent[]): readonly Recorded<PolicyEvent>[] =>
  events.map((event, index) => recorded(streamName('policy', 'accuracy'), event, { position: index + 1 }))
const viewed = (...events: readonly PolicyEvent[]) => {
  const standing = history(...events).reduce<Standing | undefined>(evolveStanding, undefined)
  if (standing === undefined) throw new Error('there are events')
  return viewOf(standing)
}

describe('A policy as it is shown', () => {
  it('that is brought back is a trial: what was retired decides no longer', () => {
    const view = viewed(published(first), retired(1), trial(second, 2))
    expect(view).toMatchObject({ status: 'trial', version: 2, mode: 'shadow', trial: { version: 2 } })
  })

  it('that is retired is tried no longer', () => {
    expect(viewed(published(first), trial(second, 2), retired(2)).trial).toBeUndefined()
    expect(viewed(trial(first, 1), retired(1))).toMatchObject({ status: 'retired', version: 1 })
    expect(versionsOf(history(published(first), trial(second, 2), retired(2))).map(one => one.trial)).toEqual([false, false])
  })

  it('is tried in its newest version only', () =>
    expect(versionsOf(history(trial(first, 1), trial(second, 2))).map(one => one.trial)).toEqual([false, true]))

  it('names the person whom a name means, once that is known', () => {
    const { name, ...known }: Author = { name: 'tom@example.org', person: 'tom' }
    const { change } = viewed({ type: 'policy.drafted', ...content({ name }) }, { type: 'policy.revised', ...content({ name, ...known }) })
    expect(change?.authors).toEqual([{ name, ...known }])
  })
  it('says in its history what a change differs in from what is published, not from what was given up', () => {
    const drafted: PolicyEvent = { type: 'policy.drafted', ...content({ name: 'tom', person: 'tom' }), document: second }
    const given: PolicyEvent = { type: 'policy.discarded', digest: drafted.digest, reason }
    const [, once, , again] = historyOf(history(published(first), drafted, given, drafted)).map(({ differences }) => differences)
    expect(once).toHaveLength(1)
    expect(again).toEqual(once)
  })

  it('says in its history who agreed, in which role and why', () => {
    const signed: ApprovalEvent = {
      type: 'approval.signed',
      by: 'ana',
      role: 'model-risk',
      verdict: 'approve',
      reason: { of: 'ana', personal: 'It holds.' },
    }
    const [recorded] = history(published(first))
    if (recorded === undefined) throw new Error('nothing is recorded')
    const approval = { ...recorded, event: signed, context: { ...recorded.context, subject: 'accuracy.1' } }
    const approved: PolicyEvent = { type: 'policy.approved', digest: 'sha256:0', approvalId: 'accuracy.1' }
    const [entry] = historyOf(history(approved), signaturesOf([approval]))
    expect(entry?.signatures).toEqual([{ by: 'ana', role: 'model-risk', verdict: 'approve', reason: 'It holds.' }])
  })
})
