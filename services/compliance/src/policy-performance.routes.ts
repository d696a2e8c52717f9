import { PageQuery, performanceFindings, PolicyPerformancePage } from '@muster/contracts'
import type { Clock } from '@muster/kernel'
import { Answers, CLOCK, Reads, SQL } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Controller, Get, Inject, Query } from '@nestjs/common'
import { z } from 'zod'
import { readPerformance } from './policy-performance/query.ts'

const PerformanceQuery = PageQuery.extend({
  from: z.iso.date().optional().describe('The first day, UTC; that of the running quarter when left out.'),
  until: z.iso.date().optional().describe('The day behind the last one, UTC; tomorrow when left out.'),
  policy: z.string().optional(),
  finding: z.enum(performanceFindings).optional().describe('Only those of which this is found.'),
  noisy: z.coerce
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('A rule that ran ten times or more is noisy when at least this share did not pass.'),
})

@Controller('v1/policy-performance')
export class PolicyPerformanceRoutes {
  constructor(
    @Inject(SQL) private readonly sql: Sql,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('policy-performance')
  @Answers(200, PolicyPerformancePage, 'How each rule did in the window, by policy, version, mode and rule.')
  read(@Query({ schema: PerformanceQuery }) query: z.infer<typeof PerformanceQuery>): Promise<PolicyPerformancePage> {
    const { after: _, from = firstOfQuarter(this.clock()), until = dayAfter(this.clock()), ...rest } = query
    return readPerformance(this.sql, { from, until, ...rest })
  }
}

function firstOfQuarter(at: string): string {
  const [year, month] = [at.slice(0, 4), Number(at.slice(5, 7))]
  return `${year}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
}

const dayAfter = (at: string): string => new Date(Date.parse(at) + 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
