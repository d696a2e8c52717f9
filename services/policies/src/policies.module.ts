import { Module } from '@nestjs/common'
import { PolicyFolder } from './policy-folder.ts'
import { PolicyHandler } from './policy.handler.ts'
import { PolicyList } from './policy-list/projection.ts'
import { PolicyRoutes } from './policy.routes.ts'

/** What must hold, and since when? */
@Module({ controllers: [PolicyRoutes], providers: [PolicyHandler, PolicyFolder, PolicyList] })
export class PoliciesModule {}
