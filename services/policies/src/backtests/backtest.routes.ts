import {
  BacktestDifference,
  BacktestView,
  differenceClasses,
  PageQuery,
  pageOf,
  RunningViolation,
  StartBacktest,
  type Page,
} from '@muster/contracts'
import { Answers, Caller, type Reply } from '@muster/nest-host'
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { z } from 'zod'
import { Backtests } from './backtests.ts'

const BacktestId = z.object({ id: z.string().min(1).max(100) })
const DifferenceQuery = PageQuery.extend({ class: z.enum(differenceClasses).optional() })
type BacktestId = z.infer<typeof BacktestId>

@Controller('v1/backtests')
export class BacktestRoutes {
  constructor(@Inject(Backtests) private readonly backtests: Backtests) {}

  @Post()
  @Answers(202, BacktestView, 'The backtest, which waits for its turn or is under way: read it again to see how far it is.')
  async start(
    @Body({ schema: StartBacktest }) { documents, follow }: StartBacktest,
    @Caller() { name }: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<BacktestView> {
    const view = await this.backtests.ask({ documents, follow, by: name })
    void reply.status(202)
    return view
  }

  @Get()
  @Answers(200, pageOf('BacktestPage', BacktestView), 'Backtests, the newest first, without what runs.')
  list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<BacktestView>> {
    return this.backtests.list(query)
  }

  @Get(':id')
  @Answers(200, BacktestView, 'How far it is, and what it found so far.')
  read(@Param({ schema: BacktestId }) { id }: BacktestId): Promise<BacktestView> {
    return this.backtests.read(id)
  }

  @Get(':id/deployments')
  @Answers(
    200,
    pageOf('BacktestDifferencePage', BacktestDifference),
    'Every decision that would have come out otherwise, the newest first.',
  )
  deployments(
    @Param({ schema: BacktestId }) { id }: BacktestId,
    @Query({ schema: DifferenceQuery }) query: z.infer<typeof DifferenceQuery>,
  ): Promise<Page<BacktestDifference>> {
    return this.backtests.differences(id, query)
  }

  @Get(':id/violations')
  @Answers(200, pageOf('RunningViolationPage', RunningViolation), 'What ran at the end of history and would violate the draft.')
  violations(
    @Param({ schema: BacktestId }) { id }: BacktestId,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<RunningViolation>> {
    return this.backtests.violations(id, query)
  }

  @Post(':id/cancellation')
  @Answers(200, BacktestView, 'The backtest, which goes no further. What it found stays.')
  async cancel(@Param({ schema: BacktestId }) { id }: BacktestId, @Res({ passthrough: true }) reply: Reply): Promise<BacktestView> {
    const view = await this.backtests.cancel(id)
    void reply.status(200)
    return view
  }
}
