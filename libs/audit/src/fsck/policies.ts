import { canonicalJson, type AnyEvent, type PolicyEvent, type Recorded } from '@muster/contracts'
import { policy, type PolicyCommand, type PolicyState } from '@muster/domain'
import { digestOf, type Sha256 } from '@muster/kernel'
import type { Answers } from './answers.ts'
import { findingAt, nothing, type Finding, type Watch } from './finding.ts'
import { idOf } from './re-performance.ts'
import { rehearse } from './rehearsal.ts'

/**
 * The life of every policy: a digest is that of the document beside it; what was reviewed was agreed to before, by an approval over that very
 * digest, whose reviewers leave out whoever wrote it; and what was not reviewed says so. Nothing is in force without one of both.
 */
export function watchPolicies(answers: Answers, sha256: Sha256): Watch {
  const lives = rehearse<PolicyCommand, PolicyState, PolicyEvent, string>(policy, {
    part: 'policies',
    described: ({ type }) => type,
    // Its instant, which is the clock's, and who else the submitter is: the log has both in the event alone.
    given: { 'policy.published': ['effectiveFrom'], 'policy.submitted': ['excluded', 'unmapped'] },
    commandOf: (recorded, state) => commandOf(recorded, state, answers),
  })
  function* judged(recorded: Recorded<PolicyEvent>): Generator<Finding> {
    const { event, stream } = recorded
    if ('document' in event && digestOf(sha256, canonicalJson(event.document)) !== event.digest)
      yield findingAt(
        'policies',
        recorded,
        `its digest is ${event.digest}, and its document has ${digestOf(sha256, canonicalJson(event.document))}`,
      )
    if (event.type === 'policy.submitted')
      for (const { person, name } of lives.state(stream).change?.authors ?? []) {
        if (person !== undefined && !event.excluded.some(excluded => excluded.person === person))
          yield findingAt('policies', recorded, `${person} wrote it, and should not be among its reviewers`)
        if (person === undefined && !event.unmapped.includes(name))
          yield findingAt('policies', recorded, `${name} wrote it and maps to nobody, and should stand among the names that do`)
      }
    yield* lives.see(recorded)
  }
  return { see: recorded => (isOfPolicy(recorded) ? judged(recorded) : nothing), end: lives.end }
}

const isOfPolicy = (recorded: Recorded<AnyEvent>): recorded is Recorded<PolicyEvent> => recorded.stream.startsWith('policy-')

function commandOf({ event, context, position }: Recorded<PolicyEvent>, { change }: PolicyState, answers: Answers): PolicyCommand | string {
  switch (event.type) {
    case 'policy.published':
      if (event.reviewed) return 'it was published as reviewed, and no agreement that was recorded with it says so'
      return { type: 'publish-policy', document: event.document, digest: event.digest, at: event.effectiveFrom }
    case 'policy.drafted':
    case 'policy.revised': {
      const { document, digest, authors, cases } = event
      const [first, ...rest] = authors
      if (first === undefined) return 'nobody wrote it, and somebody should have'
      return { type: 'draft-policy', document, digest, authors: [first, ...rest], ...(cases !== undefined && { cases }) }
    }
    case 'policy.submitted': {
      const submitter = change?.authors[0] ?? { name: context.authid ?? '' }
      const cases = { of: change?.cases, run: event.cases, failed: 0 }
      return { type: 'submit-policy', id: idOf(context.subject), digest: event.digest, submitter, cases, backtest: event.backtest }
    }
    case 'policy.approved':
    case 'policy.changes-requested': {
      const { approvalId, digest } = event
      const answer = event.type === 'policy.approved' ? 'granted' : 'rejected'
      const answered = answers.positionOf(approvalId, digest, answer)
      if (answered === undefined || answered > position) return `it goes by ${approvalId}, which was not ${answer} over ${digest} before`
      return { type: 'answer-review', approvalId, digest, answer, at: context.time }
    }
    case 'policy.activated':
      return { type: 'activate-policy', version: event.version, at: event.effectiveFrom }
    case 'policy.retired':
      return { type: 'retire-policy', reason: event.reason }
    case 'policy.discarded':
      return { type: 'discard-draft', digest: event.digest, reason: event.reason }
    case 'policy.commented':
      return { type: 'comment-policy', text: event.text }
  }
}
