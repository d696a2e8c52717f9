import { Module } from '@nestjs/common'
import { DecisionsPublication } from './decisions.publication.ts'
import { DeploymentHandler } from './deployment.handler.ts'
import { DeploymentList } from './deployment-list/projection.ts'
import { DeploymentRoutes } from './deployment.routes.ts'
import { DeploymentsReactor } from './deployments.reactor.ts'
import { OpenDeployments } from './open-deployments/open-deployments.ts'
import { ViolationHandler } from './violation.handler.ts'
import { ViolationList } from './violation-list/projection.ts'

/** May this version run there? Does what runs have a clearance? */
@Module({
  controllers: [DeploymentRoutes],
  providers: [
    DeploymentHandler,
    ViolationHandler,
    OpenDeployments,
    DeploymentsReactor,
    DeploymentList,
    ViolationList,
    DecisionsPublication,
  ],
})
export class DeploymentsModule {}
