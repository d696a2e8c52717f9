import { Module } from '@nestjs/common'
import { ErasureHandler } from './erasure.handler.ts'
import { ErasureRoutes } from './erasure.routes.ts'

/** Can what a person wrote be forgotten, and everything still be proved? */
@Module({ controllers: [ErasureRoutes], providers: [ErasureHandler] })
export class ErasuresModule {}
