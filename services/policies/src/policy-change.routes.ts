import {
  ActivatePolicy,
  CommentPolicy,
  DiscardDraft,
  DraftPolicy,
  factsSchema,
  PolicyView,
  RetirePolicy,
  SubmitPolicy,
  type Author,
  type PolicyDocument,
} from '@muster/contracts'
import type { PolicyCommand, PolicyRejection } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import { isNonEmpty, type Clock, type Sha256 } from '@muster/kernel'
import {
  answer,
  Answers,
  Caller,
  CLOCK,
  Commands,
  EVENT_STORE,
  FromRequest,
  ownSource,
  PEOPLE,
  ProblemError,
  Roles,
  SHA256,
  type Origin,
  type People,
  type Refusals,
  type Reply,
} from '@muster/nest-host'
import { compileDocument } from '@muster/policy'
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common'
import { Backtests } from './backtests/backtests.ts'
import { refuseWrong, wrongAt } from './good-documents.ts'
import { PolicyId } from './policy-id.ts'
import { PolicyMessage } from './policy.handler.ts'
import { readHistory, readState, standingOf } from './policy.query.ts'
import { viewOf } from './policy.view.ts'
import { documentDigest, submissionOf } from './submission.ts'

/* How a policy changes: drafted, submitted, tried and activated; talked about, given up, retired. */

const refusals: Refusals<PolicyRejection> = {
  'not-found': [404, 'there is no such policy'],
  'other-kind': [409, 'a policy keeps its kind: give this one another id'],
  'no-draft': [409, 'no change of the policy is open: draft one first'],
  'other-content': [409, 'the draft says something else by now: read it again, and submit what you then see'],
  'no-cases': [409, 'the draft has no cases: send at least one that says what must come out'],
  'cases-fail': [409, 'a case of the draft does not come out as it should'],
  'no-backtest': [409, 'there is no finished backtest of exactly this content: run one, and look at what it says'],
  'not-asked': [409, 'this is asked no longer'],
  'other-version': [409, 'another version is the newest by now: read the policy again'],
  retired: [409, 'the policy is retired: draft it again to bring it back'],
}

@Controller('v1/policies')
export class PolicyChangeRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Backtests) private readonly backtests: Backtests,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/draft')
  @Answers(201, PolicyView, 'The policy with the change as a draft, which decides nothing yet.')
  @Answers(200, PolicyView, 'It says so already.')
  draft(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: DraftPolicy }) { document, cases, authors = [] }: DraftPolicy,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    refuseUnlessGood(id, document)
    const named = authors.map(name => this.authorOf(name))
    const known = caller.kind === 'person' ? [personally(caller), ...named.filter(({ person }) => person !== caller.id)] : named
    if (!isNonEmpty(known))
      throw new ProblemError(400, 'authors-missing', '/authors: a service says who wrote the policy, for its authors never review it', {
        errors: [{ pointer: '/authors', message: 'at least one name' }],
      })
    const digest = documentDigest(this.sha256, document)
    return this.send(id, { type: 'draft-policy', document, digest, authors: known, ...(cases !== undefined && { cases }) }, origin, reply)
  }

  @Post(':id/submission')
  @Answers(201, PolicyView, 'The policy with its change in review: the approval that it names asks peers to agree.')
  @Answers(200, PolicyView, 'It is in review already.')
  async submit(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: SubmitPolicy }) { digest, backtest }: SubmitPolicy,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    const { change } = await readState(this.store, id)
    if (change === undefined) throw new ProblemError(409, 'no-draft', refusals['no-draft'][1])
    if (change.digest !== digest) throw new ProblemError(409, 'other-content', refusals['other-content'][1])
    const submitter = caller.kind === 'person' ? personally(caller) : (change.authors[0] ?? this.authorOf(caller.name))
    const seen = await this.backtests.summaryOf(backtest, [change.document])
    const { command, failures } = await submissionOf(id, change, submitter, seen)
    const many = failures.length === 1 ? '1 expectation of the cases does' : `${failures.length} expectations of the cases do`
    const detail = `${many} not come out: ${failures.slice(0, 5).join('; ')}`
    return this.send(id, command, origin, reply, failures.length === 0 ? refusals : { ...refusals, 'cases-fail': [409, detail] })
  }

  @Post(':id/activation')
  @Roles('policy-admin')
  @Answers(201, PolicyView, 'The policy, whose version that was tried takes effect as its document says.')
  @Answers(200, PolicyView, 'It was in effect already.')
  activate(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: ActivatePolicy }) { version }: ActivatePolicy,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    return this.send(id, { type: 'activate-policy', version, at: this.clock() }, origin, reply)
  }

  @Post(':id/discarding')
  @Answers(201, PolicyView, 'The policy without the change.')
  discard(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: DiscardDraft }) { digest, reason }: DiscardDraft,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    return this.send(id, { type: 'discard-draft', digest, reason: { personal: reason, of: caller.id } }, origin, reply)
  }

  @Post(':id/comments')
  @Answers(201, PolicyView, 'The policy; what you said stands in its history.')
  @Answers(200, PolicyView, 'You said so already.')
  comment(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: CommentPolicy }) { text }: CommentPolicy,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    return this.send(id, { type: 'comment-policy', text: { personal: text, of: caller.id } }, origin, reply)
  }

  @Post(':id/retirement')
  @Roles('policy-admin')
  @Answers(201, PolicyView, 'The policy, which applies no longer.')
  @Answers(200, PolicyView, 'It was retired already.')
  retire(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Body({ schema: RetirePolicy }) { reason }: RetirePolicy,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    return this.send(id, { type: 'retire-policy', reason: { personal: reason, of: caller.id } }, origin, reply)
  }

  private async send(
    id: string,
    command: PolicyCommand,
    origin: Origin,
    reply: Reply,
    refused: Refusals<PolicyRejection> = refusals,
  ): Promise<PolicyView> {
    const outcome = await this.commands.send(new PolicyMessage(id, command, origin))
    answer(reply, outcome, refused)
    void reply.status(outcome.kind === 'recorded' ? 201 : 200)
    const standing = standingOf(await readHistory(this.store, id))
    if (standing === undefined) throw new Error(`policy ${id} was changed and is not there`)
    return viewOf(standing)
  }

  private authorOf(name: string): Author {
    const person = this.people.personOf(name, ownSource)
    return person === undefined ? { name } : { name, person }
  }
}

const personally = ({ id }: Caller): Author => ({ name: id, person: id })

/** @throws a 422 problem with every place that is wrong. */
function refuseUnlessGood(id: string, document: PolicyDocument): void {
  const compilation = compileDocument(document, factsSchema)
  const wrong = compilation.ok ? [] : compilation.diagnostics.filter(({ severity }) => severity === 'error')
  const errors = wrong.map(one => wrongAt('/document', one))
  if (document.id !== id) errors.unshift({ pointer: '/document/id', message: `the path names "${id}", the document "${document.id}"` })
  refuseWrong(errors)
}
