import { Module } from '@nestjs/common'
import { LedgerKeeper } from './ledger.keeper.ts'
import { LedgerRoutes } from './ledger.routes.ts'

/** Is the log whole and unchanged? */
@Module({ controllers: [LedgerRoutes], providers: [LedgerKeeper] })
export class LedgerModule {}
