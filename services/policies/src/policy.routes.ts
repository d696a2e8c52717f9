import { PageQuery, pageOf, parseSubject, PolicyView, RetirePolicy, type Page } from '@muster/contracts'
import type { PolicyRejection } from '@muster/domain'
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
  Roles,
  SQL,
  type Origin,
  type Refusals,
  type Reply,
} from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { z } from 'zod'
import { listPolicies } from './policy-list/query.ts'
import { PolicyMessage } from './policy.handler.ts'
import { readPolicy } from './policy.query.ts'

const PolicyId = z.object({
  id: z.string().refine(id => parseSubject('policy', encodeURIComponent(id)).ok, 'not an id that a policy could have'),
})
const ListQuery = PageQuery.extend({
  status: PolicyView.shape.status.optional(),
  kind: PolicyView.shape.kind.optional(),
})
const refusals: Refusals<PolicyRejection> = {
  'not-found': [404, 'there is no such policy'],
  'other-kind': [409, 'a policy keeps its kind'],
}

@Controller('v1/policies')
export class PolicyRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get()
  @Reads('policy-list')
  @Answers(200, pageOf('PolicyPage', PolicyView), 'Policies and approval rules in their newest versions, the newest policy first.')
  list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<PolicyView>> {
    return listPolicies(this.sql, query)
  }

  @Get(':id')
  @Answers(200, PolicyView, 'The newest version of the policy.')
  async read(@Param({ schema: PolicyId }) { id }: z.infer<typeof PolicyId>): Promise<PolicyView> {
    const view = await readPolicy(this.store, id)
    if (view === undefined) throw new ProblemError(404, 'not-found', `there is no policy "${id}"`)
    return view
  }

  @Post(':id/retirement')
  @Roles('policy-admin')
  @Answers(201, PolicyView, 'The policy, which applies no longer.')
  @Answers(200, PolicyView, 'It was retired already.')
  async retire(
    @Param({ schema: PolicyId }) { id }: z.infer<typeof PolicyId>,
    @Body({ schema: RetirePolicy }) { reason }: RetirePolicy,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PolicyView> {
    const outcome = await this.commands.send(
      new PolicyMessage(id, { type: 'retire-policy', reason: { personal: reason, of: caller.id } }, origin),
    )
    answer(reply, outcome, refusals)
    void reply.status(outcome.kind === 'recorded' ? 201 : 200)
    return this.read({ id })
  }
}
