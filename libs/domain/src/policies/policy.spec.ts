import {
  canonicalJson,
  type Author,
  type BacktestSummary,
  type PolicyCases,
  type PolicyDocument,
  type PolicyEvent,
} from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { constant, constantFrom, oneof, record } from 'fast-check'
import { describe, it } from 'vitest'
import { approvalRule, policy as document, published as publishedEvent } from '../testing/policies.ts'
import { digest, store } from '../testing/recorded.ts'
import { unknownAuthor } from './authors.ts'
import { policy, type PolicyCommand } from './policy.ts'

const { given } = specify(policy)

const at = '2026-11-25T12:00:00.000Z'
const reason = { personal: 'No longer needed.', of: 'olga' }
const id = 'accuracy'
const digestOf = (of: PolicyDocument): string => digest(canonicalJson(of))

const published = (of: PolicyDocument, version = 1, rest: Partial<Extract<PolicyEvent, { type: 'policy.published' }>> = {}): PolicyEvent =>
  publishedEvent(of, { version, effectiveFrom: of.effective?.from ?? at, ...rest })
const unreviewed = { reviewed: false }

const first = document()
const second = document({ title: 'It separates better' })
const publish = (of: PolicyDocument = first): PolicyCommand => ({ type: 'publish-policy', document: of, digest: digestOf(of), at })
const retire: PolicyCommand = { type: 'retire-policy', reason }
const retired = (version: number): PolicyEvent => ({ type: 'policy.retired', version, reason })

describe('A policy that nobody reviews', () => {
  it('is published in its first version, enforced from now on unless it says otherwise, and the record says that nobody did', () =>
    given()
      .when(publish())
      .then(published(first, 1, { mode: 'enforce', effectiveFrom: at, reviewed: false })))

  it('takes effect and ends when it says, in the mode that it says', () => {
    const effective = { from: '2027-01-01T00:00:00Z', until: '2027-12-31T00:00:00Z' }
    const later = document({ mode: 'shadow', effective })
    given()
      .when(publish(later))
      .then(published(later, 1, { mode: 'shadow', effectiveFrom: effective.from, effectiveUntil: effective.until, reviewed: false }))
  })

  it('is not published again while its text is the same: loading a folder at every start is harmless', () =>
    given(published(first)).when(publish()).thenUnchanged())

  it('is published in the next version when its text is another', () =>
    given(published(first))
      .when(publish(second))
      .then(published(second, 2, unreviewed)))

  it('is published anew in a text that it had before the present one', () =>
    given(published(first), published(second, 2))
      .when(publish())
      .then(published(first, 3, unreviewed)))

  it('stays of its kind', () => given(published(first)).when(publish(approvalRule())).thenRejected('other-kind'))
})

describe('A policy that is retired', () => {
  it('ends with its newest version, once', () => {
    given(published(first), published(second, 2)).when(retire).then(retired(2))
    given(published(first), retired(1)).when(retire).thenUnchanged()
  })

  it('was published before', () => given().when(retire).thenRejected('not-found'))

  it('is not brought back by a file that was left behind', () => given(published(first), retired(1)).when(publish()).thenUnchanged())

  it('is brought back by another text', () =>
    given(published(first), retired(1))
      .when(publish(second))
      .then(published(second, 2, unreviewed)))

  it('is brought back in the same text by peers who agree to it', () =>
    given(published(first), retired(1)).when(draft(first)).then(drafted(first)))
})

const tom: Author = { name: 'tom@example.org', person: 'tom' }
const ana: Author = { name: 'ana', person: 'ana' }
const stranger: Author = { name: 'nobody@example.org' }
const cases: PolicyCases = { cases: [{ name: 'separates well', facts: { 'evaluation.balancedAccuracy': 0.8 }, expect: { holds: 'pass' } }] }
const draft = (of: PolicyDocument, author: Author = tom): PolicyCommand => ({
  type: 'draft-policy',
  document: of,
  digest: digestOf(of),
  authors: [author],
  cases,
})
const drafted = (of: PolicyDocument, author: Author = tom): PolicyEvent => ({
  type: 'policy.drafted',
  digest: digestOf(of),
  document: of,
  authors: [author],
  cases,
})
const revised = (of: PolicyDocument, author: Author = tom, supersedes?: string): PolicyEvent => ({
  ...(drafted(of, author) as Extract<PolicyEvent, { type: 'policy.drafted' }>),
  type: 'policy.revised',
  ...(supersedes !== undefined && { supersedes }),
})

describe('A change of a policy', () => {
  it('begins as a draft, of a policy that is new or of one that stands', () => {
    given().when(draft(first)).then(drafted(first))
    given(published(first)).when(draft(second)).then(drafted(second))
  })

  it('is none while the text is that of the newest version', () => given(published(first)).when(draft(first)).thenUnchanged())

  it('is revised by another text, and by another author of the same text', () => {
    given(drafted(first)).when(draft(second)).then(revised(second))
    given(drafted(first)).when(draft(first, ana)).then(revised(first, ana))
  })

  it('records nothing when the same is sent again', () => given(drafted(first)).when(draft(first)).thenUnchanged())

  it('keeps the kind of the policy', () => {
    given(published(first)).when(draft(approvalRule())).thenRejected('other-kind')
    given(drafted(first)).when(draft(approvalRule())).thenRejected('other-kind')
  })

  it('can be given up, with a reason', () => {
    const discard: PolicyCommand = { type: 'discard-draft', digest: digestOf(first), reason }
    given(drafted(first))
      .when(discard)
      .then({ type: 'policy.discarded', digest: digestOf(first), reason })
    given(published(first)).when(discard).thenRejected('no-draft')
    given(drafted(first), revised(second)).when(discard).thenRejected('other-content')
  })

  it('can be talked about: what is said is about what it says at that time', () => {
    const text = { personal: 'Why 0.65?', of: 'rita' }
    const comment: PolicyCommand = { type: 'comment-policy', text }
    given(published(first), drafted(second))
      .when(comment)
      .then({ type: 'policy.commented', digest: digestOf(second), text })
    given(published(first))
      .when(comment)
      .then({ type: 'policy.commented', digest: digestOf(first), text })
    given().when(comment).thenRejected('not-found')
  })

  it('takes two comments that were erased for two: nobody can know whether they said the same', () => {
    const erased = { personal: '[erased]', of: 'tom' }
    const commented: PolicyEvent = { type: 'policy.commented', digest: digestOf(first), text: erased }
    given(drafted(first), commented).when({ type: 'comment-policy', text: erased }).then(commented)
  })
})

const backtest: BacktestSummary = {
  id: 'b1',
  position: 40,
  decisions: 12,
  newlyBlocked: 1,
  newlyAllowed: 0,
  newlyNeedApproval: 0,
  unchanged: 11,
  undecidable: 0,
  runningViolations: 0,
}
type Submission = Extract<PolicyCommand, { type: 'submit-policy' }>
const submit = (of: PolicyDocument, rest: Partial<Submission> = {}): PolicyCommand => ({
  type: 'submit-policy',
  id,
  digest: digestOf(of),
  submitter: tom,
  cases: { of: cases, run: 1, failed: 0 },
  backtest,
  ...rest,
})
const asked = (of: PolicyDocument, rest: Partial<Extract<PolicyEvent, { type: 'policy.submitted' }>> = {}): PolicyEvent => ({
  type: 'policy.submitted',
  approvalId: 'policy:accuracy~1',
  about: { kind: 'policy', id },
  digest: digestOf(of),
  changed: [],
  approvalRules: [],
  needs: [{ role: 'model-risk', count: 1 }],
  excluded: [{ person: 'tom', because: 'wrote the policy' }],
  unmapped: [],
  cases: 1,
  backtest,
  ...rest,
})

describe('A change that is submitted', () => {
  it('asks the group that answers for the policy, and never who wrote it', () =>
    given(drafted(first)).when(submit(first)).then(asked(first)))

  it('passes its own cases first', () => {
    given(drafted(first))
      .when(submit(first, { cases: { of: cases, run: 0, failed: 0 } }))
      .thenRejected('no-cases')
    given(drafted(first))
      .when(submit(first, { cases: { of: cases, run: 3, failed: 1 } }))
      .thenRejected('cases-fail')
  })

  it('was seen against history first', () => {
    const { backtest: _, ...unseen } = submit(first) as Submission
    given(drafted(first)).when(unseen).thenRejected('no-backtest')
  })

  it('is the content that the submitter saw', () => {
    given(drafted(first), revised(second)).when(submit(first)).thenRejected('other-content')
    given().when(submit(first)).thenRejected('no-draft')
  })

  it('is the content whose cases were run', () =>
    given(drafted(first), { ...revised(first), cases: { cases: [] } } as PolicyEvent)
      .when(submit(first))
      .thenRejected('other-content'))

  it('asks once', () => given(drafted(first), asked(first)).when(submit(first)).thenUnchanged())

  it('needs two reviewers where it is critical', () => {
    const critical = document({ severity: 'critical' })
    given(drafted(critical))
      .when(submit(critical))
      .then(asked(critical, { needs: [{ role: 'model-risk', count: 2 }] }))
  })

  it('needs those that it takes the policy from as well, and as many as it needed before', () => {
    const taken = document({ owner: 'group:growth', severity: 'low' })
    given(published(document({ severity: 'critical' })), drafted(taken))
      .when(submit(taken))
      .then(
        asked(taken, {
          needs: [
            { role: 'growth', count: 2 },
            { role: 'model-risk', count: 2 },
          ],
        }),
      )
  })

  it('needs those of the version in effect, whatever was tried beside it since', () => {
    const low = document({ owner: 'group:growth', severity: 'low' })
    const lower = document({ owner: 'group:growth', severity: 'low', title: 'It separates' })
    given(published(document({ severity: 'critical' })), trial(low, 2), drafted(lower))
      .when(submit(lower))
      .then(
        asked(lower, {
          needs: [
            { role: 'growth', count: 2 },
            { role: 'model-risk', count: 2 },
          ],
        }),
      )
  })

  it('asks policy admins where the owner is no group', () => {
    const owned = document({ owner: 'rita' })
    given(drafted(owned))
      .when(submit(owned))
      .then(asked(owned, { needs: [{ role: 'policy-admin', count: 1 }] }))
  })

  it('excludes everybody who wrote any of it, and who submits it', () =>
    given(drafted(first, ana), revised(second, tom))
      .when(submit(second, { submitter: { name: 'omar', person: 'omar' } }))
      .then(
        asked(second, {
          excluded: ['ana', 'omar', 'tom'].map(person => ({ person, because: 'wrote the policy' })),
        }),
      ))

  it('names an author who maps to nobody: while there is one, nobody can sign', () =>
    given(drafted(first, stranger))
      .when(submit(first))
      .then(asked(first, { unmapped: ['nobody@example.org'] })))

  it('excludes who wrote the same content before, whoever sends it again', () => {
    const discarded: PolicyEvent = { type: 'policy.discarded', digest: digestOf(first), reason }
    given(drafted(first), discarded)
      .when(draft(first, ana))
      .then({ ...drafted(first), authors: [tom, ana] } as PolicyEvent)
    given(drafted(second, ana), revised(first, tom), discarded, drafted(second, tom))
      .when(draft(first, ana))
      .then({ ...revised(first), authors: [ana] } as PolicyEvent)
  })

  it('excludes the person whom a name means, once that is known', () =>
    given(drafted(first, { name: 'tom@example.org' }), revised(first, tom))
      .when(submit(first))
      .then(asked(first)))

  it('leaves nobody to sign what came from the folder without a name, until a person stands for it', () => {
    given(drafted(first, unknownAuthor))
      .when(submit(first, { submitter: unknownAuthor }))
      .then(asked(first, { excluded: [], unmapped: [unknownAuthor.name] }))
    given(drafted(first, unknownAuthor), revised(first, tom)).when(submit(first)).then(asked(first))
    given(drafted(first, unknownAuthor), revised(first, tom)).when(draft(first, unknownAuthor)).thenUnchanged()
    given(drafted(first, tom), revised(second, unknownAuthor))
      .when(submit(second))
      .then(asked(second, { unmapped: [unknownAuthor.name] }))
  })

  it('is withdrawn from review by another text, and by being given up', () => {
    given(drafted(first), asked(first))
      .when(draft(second))
      .then(revised(second, tom, 'policy:accuracy~1'))
    given(drafted(first), asked(first))
      .when({ type: 'discard-draft', digest: digestOf(first), reason })
      .then({ type: 'policy.discarded', digest: digestOf(first), reason, supersedes: 'policy:accuracy~1' })
  })

  it('is asked about under another name the next time', () =>
    given(drafted(first), asked(first), revised(second, tom, 'policy:accuracy~1'))
      .when(submit(second))
      .then(asked(second, { approvalId: 'policy:accuracy~2' })))
})

const answer = (of: PolicyDocument, given: 'granted' | 'rejected' = 'granted', approvalId = 'policy:accuracy~1'): PolicyCommand => ({
  type: 'answer-review',
  approvalId,
  digest: digestOf(of),
  answer: given,
  at,
})
const approved = (of: PolicyDocument): PolicyEvent => ({
  type: 'policy.approved',
  approvalId: 'policy:accuracy~1',
  digest: digestOf(of),
})
const trial = (of: PolicyDocument, version = 1): PolicyEvent => published(of, version, { mode: 'shadow', effectiveFrom: at })

describe('A change that reviewers answer', () => {
  it('is published when they agree, and tried in shadow at once', () =>
    given(published(first), drafted(second), asked(second)).when(answer(second)).then(approved(second), trial(second, 2)))

  it('is tried at once even where it takes effect later, or ends', () => {
    const later = document({ effective: { from: '2027-01-01T00:00:00Z', until: '2027-12-31T00:00:00Z' } })
    const { effectiveUntil: _, ...tried } = publishedEvent(later, { mode: 'shadow', effectiveFrom: at })
    given(drafted(later), asked(later)).when(answer(later)).then(approved(later), tried)
  })

  it('stays in shadow, and is no trial, where its document says so', () => {
    const shadow = document({ mode: 'shadow' })
    given(drafted(shadow), asked(shadow))
      .when(answer(shadow))
      .then(approved(shadow), published(shadow, 1, { mode: 'shadow', effectiveFrom: at }))
    given(published(shadow, 1, { mode: 'shadow' }))
      .when({ type: 'activate-policy', version: 1, at })
      .thenUnchanged()
  })

  it('is a draft again when one of them says no', () =>
    given(drafted(first), asked(first))
      .when(answer(first, 'rejected'))
      .then({ type: 'policy.changes-requested', approvalId: 'policy:accuracy~1', digest: digestOf(first) }))

  it('is not moved by an answer to what is no longer asked', () => {
    given(drafted(first), asked(first), revised(second, tom, 'policy:accuracy~1'))
      .when(answer(first))
      .thenRejected('not-asked')
    given(drafted(first), asked(first)).when(answer(second)).thenRejected('not-asked')
  })
})

it('An answer that comes again moves nothing', () =>
  given(drafted(first), asked(first), approved(first), trial(first)).when(answer(first)).thenUnchanged())

describe('A version that is tried', () => {
  const activate = (version = 1): PolicyCommand => ({ type: 'activate-policy', version, at })

  it('takes effect when somebody activates it, in the mode of its document', () =>
    given(trial(first)).when(activate()).then({ type: 'policy.activated', version: 1, mode: 'enforce', effectiveFrom: at }))

  it('takes effect no sooner than it says, and ends when it says', () => {
    const effective = { from: '2027-01-01T00:00:00Z', until: '2027-12-31T00:00:00Z' }
    given(trial(document({ mode: 'warn', effective })))
      .when(activate())
      .then({ type: 'policy.activated', version: 1, mode: 'warn', effectiveFrom: effective.from, effectiveUntil: effective.until })
  })

  it('is activated once', () =>
    given(trial(first), { type: 'policy.activated', version: 1, mode: 'enforce', effectiveFrom: at }).when(activate()).thenUnchanged())

  it('is the version that was looked at', () => {
    given(trial(first)).when(activate(2)).thenRejected('other-version')
    given().when(activate()).thenRejected('not-found')
  })

  it('is over when the policy is retired', () => given(trial(first), retired(1)).when(activate()).thenRejected('retired'))
})

describe('A policy by whatever comes', () => {
  const documents = constantFrom(first, second, document({ mode: 'warn', effective: { from: at } }), approvalRule())
  const digests = documents.map(of => ({ document: of, digest: digestOf(of) }))
  const commands = oneof(
    {
      arbitrary: record({ of: digests, at: constant(at) }).map(({ of }): PolicyCommand => ({ type: 'publish-policy', ...of, at })),
      weight: 2,
    },
    {
      arbitrary: record({ of: digests, author: constantFrom(tom, ana, stranger) }).map(({ of, author }): PolicyCommand => ({
        type: 'draft-policy',
        ...of,
        authors: [author],
        cases,
      })),
      weight: 4,
    },
    { arbitrary: documents.map(of => submit(of)), weight: 4 },
    {
      arbitrary: record({ of: documents, verdict: constantFrom('granted' as const, 'rejected' as const), n: constantFrom(1, 2) }).map(
        ({ of, verdict, n }) => answer(of, verdict, `policy:accuracy~${n}`),
      ),
      weight: 3,
    },
    constantFrom(1, 2).map((version): PolicyCommand => ({ type: 'activate-policy', version, at })),
    documents.map((of): PolicyCommand => ({ type: 'discard-draft', digest: digestOf(of), reason })),
    constant<PolicyCommand>({ type: 'comment-policy', text: reason }),
    constant(retire),
  )
  obeysTheLaws(policy, commands, store)
})
