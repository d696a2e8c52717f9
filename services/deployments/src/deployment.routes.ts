import {
  DeclareIntent,
  DeploymentStatus,
  DeploymentSummary,
  DeploymentView,
  DryRun,
  PageQuery,
  pageOf,
  ViolationView,
  type Page,
} from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import type { Clock, Sha256 } from '@muster/kernel'
import { Answers, Caller, CLOCK, EVENT_STORE, ownSource, PEOPLE, ProblemError, Reads, SHA256, SQL, type People } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { z } from 'zod'
import { CatalogueReader } from './catalogue.reader.ts'
import { listDeployments } from './deployment-list/query.ts'
import { readDeployment } from './deployment.query.ts'
import { dryRun } from './dry-run.query.ts'
import { listViolations } from './violation-list/query.ts'

const DeploymentId = z.object({ id: z.string().min(1).max(200) })
const ListQuery = PageQuery.extend({
  status: DeploymentStatus.optional(),
  model: z.string().optional(),
  version: z.string().optional(),
  environment: z.string().optional(),
  endpoint: z.string().optional(),
})
const ReadQuery = z.object({
  asOf: z
    .union([z.coerce.number().int().min(1), z.iso.datetime()])
    .optional()
    .describe('A position of the log or an instant: how it stood then.'),
})
const ViolationQuery = PageQuery.extend({
  open: z.enum(['true', 'false']).optional(),
  environment: z.string().optional(),
  endpoint: z.string().optional(),
})

@Controller('v1')
export class DeploymentRoutes {
  private readonly catalogue: CatalogueReader

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PEOPLE) private readonly people: People,
  ) {
    this.catalogue = new CatalogueReader(store)
  }

  @Get('deployments')
  @Reads('deployment-list')
  @Answers(200, pageOf('DeploymentPage', DeploymentSummary), 'Deployments, newest first.')
  list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<DeploymentSummary>> {
    return listDeployments(this.sql, query)
  }

  @Get('deployments/:id')
  @Reads('deployments')
  @Answers(200, DeploymentView, 'The deployment, its newest check and what it means in sentences.')
  async read(
    @Param({ schema: DeploymentId }) { id }: z.infer<typeof DeploymentId>,
    @Query({ schema: ReadQuery }) { asOf }: z.infer<typeof ReadQuery>,
  ): Promise<DeploymentView> {
    const moment = asOf === undefined ? undefined : typeof asOf === 'number' ? { position: asOf } : { time: asOf }
    const view = await readDeployment(this.store, id, moment)
    if (view === undefined)
      throw new ProblemError(404, 'not-found', `there is no deployment "${id}"${asOf === undefined ? '' : ` as of ${asOf}`}`)
    return view
  }

  @Post('deployments/dry-runs')
  @HttpCode(200)
  @Answers(200, DryRun, 'What would be decided now. Nothing is recorded.')
  dryRun(@Body({ schema: DeclareIntent }) intent: DeclareIntent, @Caller() caller: Caller): Promise<DryRun> {
    const requestedBy = intent.requestedBy ?? (caller.kind === 'person' ? caller.id : undefined)
    if (requestedBy === undefined) throw new ProblemError(400, 'invalid', '/requestedBy: a service must say who asks')
    const personOf = (name: string, from: string) => this.people.personOf(name, from)
    const parts = { store: this.store, sql: this.sql, catalogue: this.catalogue, sha256: this.sha256, personOf }
    return dryRun(parts, { intent: { ...intent, requestedBy }, source: ownSource, at: this.clock() })
  }

  @Get('violations')
  @Reads('violation-list')
  @Answers(200, pageOf('ViolationPage', ViolationView), 'What runs, or ran, without a clearance, newest first.')
  violations(@Query({ schema: ViolationQuery }) query: z.infer<typeof ViolationQuery>): Promise<Page<ViolationView>> {
    return listViolations(this.sql, query)
  }
}
