import { Module } from '@nestjs/common'
import { BacktestRoutes } from './backtests/backtest.routes.ts'
import { Backtests } from './backtests/backtests.ts'
import { PolicyFolder } from './folder/policy-folder.ts'
import { Proposals } from './folder/proposals.ts'
import { PoliciesReactor } from './policies.reactor.ts'
import { PolicyChangeRoutes } from './policy-change.routes.ts'
import { PolicyHandler } from './policy.handler.ts'
import { PolicyList } from './policy-list/projection.ts'
import { PolicyRoutes } from './policy.routes.ts'

/** What must hold, and since when, and who agreed to that? */
@Module({
  controllers: [PolicyRoutes, PolicyChangeRoutes, BacktestRoutes],
  providers: [PolicyHandler, PoliciesReactor, Backtests, Proposals, PolicyFolder, PolicyList],
})
export class PoliciesModule {}
