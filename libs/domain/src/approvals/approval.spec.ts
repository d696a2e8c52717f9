import type { ApprovalEvent, Verdict } from '@muster/contracts'
import { fold } from '@muster/kernel'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { array, assert, constant, constantFrom, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest, store } from '../testing/recorded.ts'
import { approval, couldSign, type ApprovalCommand, type ApprovalQuestion } from './approval.ts'

const { given } = specify(approval)

const about = { kind: 'deployment', id: 'd1' } as const
const content = digest('content')
const question: ApprovalQuestion = {
  about,
  digest: content,
  changed: [],
  approvalRules: [{ id: 'high-risk', version: 1, digest: digest('high-risk') }],
  needs: [
    { role: 'model-risk', count: 2 },
    { role: 'legal', count: 1 },
  ],
  excluded: [{ person: 'tom', because: 'trained the version' }],
  unmapped: [],
}
const ask = (rest: Partial<ApprovalQuestion> = {}): ApprovalCommand => ({ type: 'request-approval', ...question, ...rest })
const sign = (by: string, role = 'model-risk', verdict: Verdict = 'approve', of = content): ApprovalCommand => ({
  type: 'sign-approval',
  digest: of,
  by,
  role,
  verdict,
  reason: { personal: 'Evidence read.', of: by },
})
const withdraw = (replacedBy?: string): ApprovalCommand => ({ type: 'withdraw-approval', ...(replacedBy !== undefined && { replacedBy }) })

const requested = (rest: Partial<ApprovalQuestion> = {}): ApprovalEvent => ({ type: 'approval.requested', ...question, ...rest })
const signed = (by: string, role = 'model-risk', verdict: Verdict = 'approve'): ApprovalEvent => ({
  type: 'approval.signed',
  by,
  role,
  verdict,
  reason: { personal: 'Evidence read.', of: by },
})
const turnedAway: ApprovalEvent = { type: 'approval.signature-refused', by: 'tom', role: 'model-risk', because: 'trained the version' }
const granted: ApprovalEvent = { type: 'approval.granted', about, digest: content }
const rejected: ApprovalEvent = { type: 'approval.rejected', about, digest: content }
const withdrawn: ApprovalEvent = { type: 'approval.withdrawn', about, digest: content }
const all = [requested(), signed('ana'), signed('ben'), signed('lea', 'legal'), granted]

describe('An approval', () => {
  it('is asked for once', () => {
    given().when(ask()).then(requested())
    given(requested()).when(ask()).thenUnchanged()
    given(...all)
      .when(ask())
      .thenUnchanged()
  })

  it('is asked for over one content: other content is another approval', () =>
    given(requested())
      .when(ask({ digest: digest('other') }))
      .thenRejected('other-content'))

  it('that nobody asked for can be neither signed nor withdrawn', () => {
    given().when(sign('ana')).thenRejected('not-found')
    given().when(withdraw()).thenRejected('not-found')
  })

  it('keeps a signature, and waits for the others', () => given(requested()).when(sign('ana')).then(signed('ana')))

  it('is granted by the signature that completes what it needs', () =>
    given(requested(), signed('ana'), signed('lea', 'legal')).when(sign('ben')).then(signed('ben'), granted))

  it('is not granted by many of one role in place of another', () =>
    given(requested(), signed('ana'), signed('ben')).when(sign('eva')).then(signed('eva')))

  it('is rejected by the first who says no', () =>
    given(requested(), signed('ana'))
      .when(sign('ben', 'legal', 'reject'))
      .then(signed('ben', 'legal', 'reject'), rejected))
})

describe('A signature', () => {
  it('that comes again is the same one, even that which ended the approval', () => {
    given(requested(), signed('ana')).when(sign('ana')).thenUnchanged()
    given(...all)
      .when(sign('lea', 'legal'))
      .thenUnchanged()
  })

  it('cannot be changed', () => {
    given(requested(), signed('ana'))
      .when(sign('ana', 'model-risk', 'reject'))
      .thenRejected('already-signed')
  })

  it('fills one role: nobody signs in a second', () =>
    given(requested(), signed('ana')).when(sign('ana', 'legal')).thenRejected('already-signed'))

  it('counts only over the content that was asked about', () =>
    given(requested())
      .when(sign('ana', 'model-risk', 'approve', digest('other')))
      .thenRejected('other-content'))

  it('counts only in a role that was asked', () => given(requested()).when(sign('ana', 'marketing')).thenRejected('role-not-asked'))

  it.each([granted, rejected, withdrawn])('comes too late after $type', end =>
    given(requested(), end).when(sign('ana')).thenRejected('already-ended'),
  )
})

describe('Whoever did the work', () => {
  it('is refused, on the record', () => given(requested()).when(sign('tom')).thenDenied('did-the-work', turnedAway))

  it('is refused again, on the record once', () => given(requested(), turnedAway).when(sign('tom')).thenRejected('did-the-work'))

  it('is refused a no as well as a yes', () =>
    given(requested())
      .when(sign('tom', 'model-risk', 'reject'))
      .thenDenied('did-the-work', turnedAway))
})

describe('While a name maps to nobody', () => {
  it('nobody can sign, whoever they are and whatever they say', () => {
    given(requested({ unmapped: ['robot-7'] }))
      .when(sign('ana'))
      .thenRejected('names-unmapped')
    given(requested({ unmapped: ['robot-7'] }))
      .when(sign('tom'))
      .thenRejected('names-unmapped')
    given(requested({ unmapped: ['robot-7'] }))
      .when(sign('ana', 'model-risk', 'reject'))
      .thenRejected('names-unmapped')
  })
})

describe('An approval that is withdrawn', () => {
  it('says by which content it was replaced, where there is one', () => {
    const replacedBy = digest('other')
    given(requested()).when(withdraw(replacedBy)).then({ type: 'approval.withdrawn', about, digest: content, replacedBy })
    given(requested()).when(withdraw()).then(withdrawn)
  })

  it('is withdrawn once', () => given(requested(), withdrawn).when(withdraw()).thenUnchanged())

  it('stays as it ended, where it had ended before', () =>
    given(...all)
      .when(withdraw())
      .thenUnchanged())
})

describe('Whoever could sign', () => {
  const could = (person: string, roles: string[], ...events: ApprovalEvent[]): boolean => couldSign(fold(approval, events), person, roles)

  it('holds a role that is asked, did not sign and did not do the work', () => {
    expect(could('ana', ['marketing', 'legal'], requested())).toBe(true)
    expect(could('ana', ['marketing'], requested())).toBe(false)
    expect(could('ana', ['legal'], requested(), signed('ana'))).toBe(false)
    expect(could('tom', ['legal'], requested())).toBe(false)
  })

  it('is nobody before it is asked, after it ended, and while a name maps to nobody', () => {
    expect(could('ana', ['legal'])).toBe(false)
    expect(could('ana', ['legal'], requested(), granted)).toBe(false)
    expect(could('ana', ['legal'], requested({ unmapped: ['robot-7'] }))).toBe(false)
  })

  it.each(['ana', 'ben', 'lea', 'tom'])('is whoever is not refused when signing: %s', person => {
    for (const role of ['model-risk', 'legal', 'marketing']) {
      for (const history of [[requested()], [requested(), signed('ana')], all, [requested({ unmapped: ['robot-7'] })]]) {
        const state = fold(approval, history)
        const { kind, ...decision } = approval.decide(sign(person, role), state)
        expect(couldSign(state, person, [role])).toBe(kind === 'recorded' && !('denied' in decision))
      }
    }
  })
})

describe('An approval by whatever comes', () => {
  const commands = oneof(
    { arbitrary: constantFrom(ask(), ask({ unmapped: ['robot-7'] }), ask({ digest: digest('other') })), weight: 2 },
    {
      arbitrary: record({
        type: constant('sign-approval' as const),
        digest: constantFrom(content, content, content, digest('other')),
        by: constantFrom('ana', 'ben', 'lea', 'tom'),
        role: constantFrom('model-risk', 'model-risk', 'legal', 'marketing'),
        verdict: constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'reject' as const),
        reason: constant({ personal: 'Evidence read.', of: 'ana' }),
      }),
      weight: 8,
    },
    constantFrom(withdraw(), withdraw(digest('other'))),
  )
  obeysTheLaws(approval, commands, store)

  it('is granted only by enough different people of each role, none of whom did the work', () =>
    assert(
      property(array(commands, { maxLength: 20, size: 'max' }), sent => {
        const history: ApprovalEvent[] = []
        for (const command of sent) {
          const decision = approval.decide(command, fold(approval, history))
          if (decision.kind === 'recorded') history.push(...decision.events)
        }
        const agreed = history.flatMap(event => (event.type === 'approval.signed' && event.verdict === 'approve' ? [event] : []))
        expect(new Set(agreed.map(({ by }) => by)).size).toBe(agreed.length)
        expect(agreed.map(({ by }) => by)).not.toContain('tom')
        if (!history.some(({ type }) => type === 'approval.granted')) return
        for (const { role, count } of question.needs) expect(agreed.filter(one => one.role === role).length).toBeGreaterThanOrEqual(count)
      }),
    ))
})
