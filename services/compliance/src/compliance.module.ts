import { Module } from '@nestjs/common'
import { ComplianceApprovals } from './approvals/projection.ts'
import { ComplianceCheckResults } from './check-results/projection.ts'
import { ComplianceDeployments } from './deployments/projection.ts'
import { LogRoutes } from './log.routes.ts'
import { ParkedRoutes } from './parked.routes.ts'
import { CompliancePolicyChanges } from './policy-changes/projection.ts'
import { PolicyPerformanceModel } from './policy-performance/projection.ts'
import { PolicyPerformanceRoutes } from './policy-performance.routes.ts'
import { StreamGateway } from './stream.gateway.ts'
import { StreamRoutes } from './stream.routes.ts'
import { Tickets } from './tickets.ts'

/** How do we stand? The log itself, live and past, and read models that span contexts. */
@Module({
  controllers: [LogRoutes, ParkedRoutes, PolicyPerformanceRoutes, StreamRoutes],
  providers: [
    Tickets,
    StreamGateway,
    ComplianceDeployments,
    ComplianceCheckResults,
    ComplianceApprovals,
    PolicyPerformanceModel,
    CompliancePolicyChanges,
  ],
})
export class ComplianceModule {}
