import { Module } from '@nestjs/common'
import { ErasuresModule } from './erasures/erasures.module.ts'

/** Can anyone prove all of it? */
@Module({ imports: [ErasuresModule] })
export class AssuranceModule {}
