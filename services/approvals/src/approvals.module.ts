import { Module } from '@nestjs/common'
import { ApprovalHandler } from './approval.handler.ts'
import { ApprovalList } from './approval-list/projection.ts'
import { ApprovalRoutes } from './approval.routes.ts'
import { ApprovalsReactor } from './approvals.reactor.ts'

/** Who agreed to exactly what? */
@Module({ controllers: [ApprovalRoutes], providers: [ApprovalHandler, ApprovalsReactor, ApprovalList] })
export class ApprovalsModule {}
