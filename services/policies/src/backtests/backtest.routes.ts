import { Controller } from '@nestjs/common'

/* PLACEHOLDER, never committed: overwrite. */
@Controller('v1/backtests')
export class BacktestRoutes {}
