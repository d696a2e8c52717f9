import {
  canonicalJson,
  isSameText,
  isTrial,
  modeOf,
  type Author,
  type BacktestSummary,
  type Personal,
  type PolicyCases,
  type PolicyCommented,
  type PolicyDocument,
  type PolicyEvent,
  type PolicyPublished,
} from '@muster/contracts'
import { reachedAt, record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'
import { includes, unknownAuthor, withAuthor } from './authors.ts'
import { reviewersOf } from './review.ts'

/*
 * Policy: one governed document, its changes and its published versions.
 * Stream `policy-<id>`: drafted, revised, submitted, then sent back or approved and published; activated; retired.
 *
 * A change is what somebody proposes; a draft is a change that nobody was asked about yet; a review is the approval that peers are asked for
 * (`policy.submitted` opens it in the approvals context, whose answer comes back by the reactor of policies); a version is what was published.
 *
 * One change at a time, and peers agree to exactly one content of it. What they agreed to is tried in shadow beside the version in effect,
 * and takes its place when somebody activates it; a document that says `mode: shadow` is meant to stay there and is no trial.
 *
 * The version follows the content: the same text publishes nothing, so that loading a folder at every start is harmless. What was retired
 * stays so until its text changes or peers agree to it again: a file that was left behind cannot bring it back.
 */

type PublishPolicy = { type: 'publish-policy'; document: PolicyDocument; digest: string; at: string }
type DraftPolicy = {
  type: 'draft-policy'
  document: PolicyDocument
  digest: string
  authors: readonly [Author, ...Author[]]
  cases?: PolicyCases
}
type SubmitPolicy = {
  type: 'submit-policy'
  id: string
  digest: string
  submitter: Author
  /** Which cases were run, and how they came out. */
  cases: { readonly of?: PolicyCases | undefined; readonly run: number; readonly failed: number }
  /** Of exactly this content; nothing while there is none that is finished. */
  backtest?: BacktestSummary
}
type AnswerReview = { type: 'answer-review'; approvalId: string; digest: string; answer: 'granted' | 'rejected'; at: string }
type ActivatePolicy = { type: 'activate-policy'; version: number; at: string }
type DiscardDraft = { type: 'discard-draft'; digest: string; reason: Personal }
type CommentPolicy = { type: 'comment-policy'; text: Personal }
type RetirePolicy = { type: 'retire-policy'; reason: Personal }

export type PolicyCommand =
  | PublishPolicy
  | DraftPolicy
  | SubmitPolicy
  | AnswerReview
  | ActivatePolicy
  | DiscardDraft
  | CommentPolicy
  | RetirePolicy

export type PolicyRejection =
  | 'not-found'
  | 'other-kind'
  | 'no-draft'
  | 'other-content'
  | 'no-cases'
  | 'cases-fail'
  | 'no-backtest'
  | 'not-asked'
  | 'other-version'
  | 'retired'

export interface PolicyChange {
  readonly document: PolicyDocument
  readonly digest: string
  readonly cases?: PolicyCases
  /** Everybody who wrote any content of this change. */
  readonly authors: readonly Author[]
  /** The approval that is open. */
  readonly approvalId?: string
  /** A reviewer said no to exactly this content. */
  readonly sentBack?: true
}

export interface PolicyState {
  readonly newest?: PolicyPublished
  /** What decides, or did last. */
  readonly active?: PolicyDocument
  /** The newest version is tried in shadow. */
  readonly trial: boolean
  readonly retired: boolean
  readonly change?: PolicyChange
  /** Who wrote each content of each change, by its digest, published or not. */
  readonly written: ReadonlyMap<string, readonly Author[]>
  /** How many reviews were asked for: the next is named after it. */
  readonly reviews: number
  /** The approval that was answered last: an answer that comes again is the same. */
  readonly answered?: string
  /** Digest of the content that was given up last. */
  readonly discarded?: string
  /** The newest comment: one that is sent again is the same. */
  readonly said?: PolicyCommented
}

type Outcome = Decision<PolicyEvent, PolicyRejection>

/** Publishes what nobody reviewed, and says so in the record. */
function publish({ document, digest, at }: PublishPolicy, { newest }: PolicyState): Outcome {
  if (newest?.digest === digest) return unchanged
  if (newest !== undefined && newest.document.kind !== document.kind) return reject('other-kind')
  return record({ ...publication(document, digest, newest, at), reviewed: false })
}

function publication(document: PolicyDocument, digest: string, newest: PolicyPublished | undefined, at: string) {
  const { from = at, until } = document.effective ?? {}
  return {
    type: 'policy.published' as const,
    version: (newest?.version ?? 0) + 1,
    digest,
    document,
    mode: modeOf(document),
    effectiveFrom: from,
    ...(until !== undefined && { effectiveUntil: until }),
  }
}

function draft({ digest, document, authors, cases }: DraftPolicy, { newest, retired, change, written }: PolicyState): Outcome {
  const kind = (change ?? newest)?.document.kind
  if (kind !== undefined && kind !== document.kind) return reject('other-kind')
  if (change === undefined && newest?.digest === digest && !retired) return unchanged
  if (change?.digest === digest && isSame(change.cases, cases) && authors.every(author => standsFor(change.authors, author)))
    return unchanged
  const earlier = (written.get(digest) ?? []).filter(author => !includes(change?.authors ?? [], author))
  const content = { digest, document, authors: [...authors.reduce(withAuthor, earlier)], ...(cases !== undefined && { cases }) }
  return change === undefined
    ? record({ type: 'policy.drafted', ...content })
    : record({ type: 'policy.revised', ...content, ...supersededBy(change) })
}

/** Once a person stands for a content, the folder that says the same adds nobody. */
const standsFor = (authors: readonly Author[], author: Author): boolean =>
  includes(authors, author) || (author.name === unknownAuthor.name && authors.some(({ person }) => person !== undefined))

const isSame = (one: PolicyCases | undefined, other: PolicyCases | undefined): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null)
const supersededBy = ({ approvalId }: PolicyChange) => (approvalId === undefined ? {} : { supersedes: approvalId })

function submit({ id, digest, submitter, cases, backtest }: SubmitPolicy, { newest, active, change, reviews }: PolicyState): Outcome {
  if (change === undefined) return reject('no-draft')
  if (change.digest !== digest) return reject('other-content')
  if (change.approvalId !== undefined) return unchanged
  if (!isSame(change.cases, cases.of)) return reject('other-content')
  if (cases.run === 0) return reject('no-cases')
  if (cases.failed > 0) return reject('cases-fail')
  if (backtest === undefined) return reject('no-backtest')
  return record({
    type: 'policy.submitted',
    // No deployment asks under such a name, whatever its intent is called: those end in a dot and a number.
    approvalId: `policy:${id}~${reviews + 1}`,
    about: { kind: 'policy', id },
    digest,
    changed: [],
    approvalRules: [],
    ...reviewersOf(change.document, [active, newest?.document], withAuthor(change.authors, submitter)),
    cases: cases.run,
    backtest,
  })
}

function answer({ approvalId, digest, answer: given, at }: AnswerReview, { newest, change, answered }: PolicyState): Outcome {
  if (answered === approvalId) return unchanged
  if (change?.approvalId !== approvalId || change.digest !== digest) return reject('not-asked')
  if (given === 'rejected') return record({ type: 'policy.changes-requested', approvalId, digest })
  return record(
    { type: 'policy.approved', approvalId, digest },
    { ...tried(publication(change.document, digest, newest, at), at), reviewed: true },
  )
}

/** In shadow from now on, whatever its document says of when it takes effect; what is meant to stay in shadow is as its document says. */
function tried<Published extends Omit<PolicyPublished, 'reviewed'>>(published: Published, at: string): Published {
  if (published.mode === 'shadow') return published
  const { effectiveUntil: _, ...trial } = published
  return { ...trial, mode: 'shadow', effectiveFrom: at } as Published
}

function activate({ version, at }: ActivatePolicy, { newest, trial, retired }: PolicyState): Outcome {
  if (newest === undefined) return reject('not-found')
  if (newest.version !== version) return reject('other-version')
  if (retired) return reject('retired')
  if (!trial) return unchanged
  const { from, until } = newest.document.effective ?? {}
  return record({
    type: 'policy.activated',
    version,
    mode: modeOf(newest.document),
    effectiveFrom: from !== undefined && reachedAt(from) > Date.parse(at) ? from : at,
    ...(until !== undefined && { effectiveUntil: until }),
  })
}

function discard({ digest, reason }: DiscardDraft, { change, discarded }: PolicyState): Outcome {
  if (change === undefined) return discarded === digest ? unchanged : reject('no-draft')
  if (change.digest !== digest) return discarded === digest ? unchanged : reject('other-content')
  return record({ type: 'policy.discarded', digest: change.digest, reason, ...supersededBy(change) })
}

function comment({ text }: CommentPolicy, { newest, change, said }: PolicyState): Outcome {
  const about = change ?? newest
  if (about === undefined) return reject('not-found')
  const repeated = said?.digest === about.digest && isSameText(said.text, text)
  return repeated ? unchanged : record({ type: 'policy.commented', digest: about.digest, text })
}

function retire({ reason }: RetirePolicy, { newest, retired }: PolicyState): Outcome {
  if (newest === undefined) return reject('not-found')
  return retired ? unchanged : record({ type: 'policy.retired', version: newest.version, reason })
}

function evolve(state: PolicyState, event: PolicyEvent): PolicyState {
  const { change, ...rest } = state
  switch (event.type) {
    case 'policy.drafted':
    case 'policy.revised': {
      const { document, digest, authors, cases } = event
      const all = authors.reduce(withAuthor, change?.authors ?? [])
      const written = new Map(state.written).set(digest, all)
      return { ...rest, written, change: { document, digest, authors: all, ...(cases !== undefined && { cases }) } }
    }
    case 'policy.submitted':
      return change === undefined ? state : { ...rest, change: { ...change, approvalId: event.approvalId }, reviews: state.reviews + 1 }
    case 'policy.changes-requested': {
      if (change === undefined) return state
      const { approvalId: _, ...others } = change
      return { ...rest, change: { ...others, sentBack: true }, answered: event.approvalId }
    }
    case 'policy.approved':
      return { ...rest, answered: event.approvalId }
    case 'policy.discarded':
      return { ...rest, discarded: event.digest }
    case 'policy.published':
      return { ...state, newest: event, ...(!isTrial(event) && { active: event.document }), trial: isTrial(event), retired: false }
    case 'policy.activated':
      return { ...state, ...(state.newest !== undefined && { active: state.newest.document }), trial: false }
    case 'policy.retired':
      return { ...state, retired: true }
    case 'policy.commented':
      return { ...state, said: event }
  }
}

export const policy: Decider<PolicyCommand, PolicyState, PolicyEvent, PolicyRejection> = {
  category: 'policy',
  initial: { trial: false, retired: false, written: new Map(), reviews: 0 },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'publish-policy':
        return publish(command, state)
      case 'draft-policy':
        return draft(command, state)
      case 'submit-policy':
        return submit(command, state)
      case 'answer-review':
        return answer(command, state)
      case 'activate-policy':
        return activate(command, state)
      case 'discard-draft':
        return discard(command, state)
      case 'comment-policy':
        return comment(command, state)
      case 'retire-policy':
        return retire(command, state)
    }
  },
}
