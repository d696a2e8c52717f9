import { ApprovalStatus, ApprovalSummary, ApprovalView, PageQuery, pageOf, parseSubject, SignApproval, type Page } from '@muster/contracts'
import type { ApprovalRejection } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import {
  answer,
  Answers,
  Caller,
  Commands,
  EVENT_STORE,
  FromRequest,
  ProblemError,
  Reads,
  SQL,
  type Origin,
  type Refusals,
  type Reply,
} from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { z } from 'zod'
import { listApprovals } from './approval-list/query.ts'
import { ApprovalMessage } from './approval.handler.ts'
import { readApproval, readContent } from './approval.query.ts'
import { seenBy, type Standing } from './approval.view.ts'

const ApprovalId = z.object({
  id: z.string().refine(id => parseSubject('approval', encodeURIComponent(id)).ok, 'not an id that an approval could have'),
})
const ListQuery = PageQuery.extend({
  status: ApprovalStatus.optional(),
  mine: z.enum(['true', 'false']).optional().describe('true: only those that you could sign now.'),
})

@Controller('v1/approvals')
export class ApprovalRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get()
  @Reads('approval-list')
  @Answers(200, pageOf('ApprovalPage', ApprovalSummary), 'Approvals, the newest request first.')
  list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>, @Caller() caller: Caller): Promise<Page<ApprovalSummary>> {
    return listApprovals(this.sql, { ...query, mine: query.mine === 'true' }, caller)
  }

  @Get(':id')
  @Reads('approvals')
  @Answers(200, ApprovalView, 'The approval, with the check or the policy that is agreed to.')
  async read(@Param({ schema: ApprovalId }) { id }: z.infer<typeof ApprovalId>, @Caller() caller: Caller): Promise<ApprovalView> {
    const standing = await readApproval(this.store, id)
    if (standing === undefined) throw new ProblemError(404, 'not-found', `there is no approval "${id}"`)
    return { ...seenBy(standing, caller), ...(await readContent(this.store, standing)) }
  }

  @Post(':id/signatures')
  @Answers(201, ApprovalSummary, 'The approval with your signature.')
  @Answers(200, ApprovalSummary, 'It was there already.')
  async sign(
    @Param({ schema: ApprovalId }) { id }: z.infer<typeof ApprovalId>,
    @Body({ schema: SignApproval }) { reason, ...signature }: SignApproval,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ApprovalSummary> {
    const outcome = await this.commands.send(
      new ApprovalMessage(id, { type: 'sign-approval', by: caller.id, ...signature, reason: { personal: reason, of: caller.id } }, origin),
    )
    const standing = await readApproval(this.store, id)
    answer(reply, outcome, refusalsOf(standing, caller))
    if (standing === undefined) throw new Error(`approval ${id} was signed and is not there`)
    void reply.status(outcome.kind === 'recorded' ? 201 : 200)
    return seenBy(standing, caller)
  }
}

function refusalsOf(standing: Standing | undefined, { id }: Caller): Refusals<ApprovalRejection> {
  const { status = 'not there', digest = '', needs = [], unmapped = [], excluded = [] } = standing ?? {}
  const asked = needs.map(({ role }) => role).join(', ')
  const because = excluded.find(({ person }) => person === id)?.because ?? 'did the work'
  return {
    'not-found': [404, 'there is no such approval'],
    'other-content': [409, `the approval is over ${digest}, and you signed another digest: read it again, and sign what you then see`],
    'already-ended': [409, `the approval is ${status} and takes no more signatures`],
    'already-signed': [409, 'you have signed it otherwise already, and a signature stands'],
    'role-not-asked': [409, `the approval asks for ${asked}`],
    'did-the-work': [403, `whoever ${because} may not sign; that you tried is on record`],
    'names-unmapped': [409, `nobody can sign while these names map to no person: ${unmapped.join(', ')}`],
  }
}
