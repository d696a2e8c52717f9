import { Module } from '@nestjs/common'
import { ErasuresModule } from './erasures/erasures.module.ts'
import { LedgerModule } from './ledger/ledger.module.ts'

/** Can anyone prove all of it? */
@Module({ imports: [LedgerModule, ErasuresModule] })
export class AssuranceModule {}
