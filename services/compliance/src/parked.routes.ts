import { pageOf, PageQuery, ParkedKey, type Page } from '@muster/contracts'
import { Answers, notACursor, ProblemError, Roles, SQL } from '@muster/nest-host'
import { listParked, requestRetry, type Sql } from '@muster/projections'
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { z } from 'zod'

const ParkedQuery = PageQuery.omit({ after: true }).extend({ subscription: z.string().optional() })
const Place = z.object({ subscription: z.string().min(1), key: z.string().min(1) })
const Asked = z.strictObject({ requested: z.literal(true) }).meta({ id: 'RetryRequested' })

/** Outside, a cursor is opaque. Inside, it is the position and the subscription of the last key of the page before. */
function cursorFrom(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!/^\d{1,15} .+$/.test(text)) throw notACursor()
  return text
}

@Controller('v1/parked')
export class ParkedRoutes {
  constructor(@Inject(SQL) private readonly sql: Sql) {}

  @Get()
  @Answers(200, pageOf('ParkedPage', ParkedKey), 'What subscriptions could not process, by key, newest first.')
  async list(@Query({ schema: ParkedQuery }) { subscription, limit, cursor }: z.infer<typeof ParkedQuery>): Promise<Page<ParkedKey>> {
    const from = cursor === undefined ? undefined : cursorFrom(cursor)
    const page = await listParked(this.sql, {
      limit,
      ...(subscription !== undefined && { subscription }),
      ...(from !== undefined && { cursor: from }),
    })
    return {
      items: page.items.map(({ attempts: _, ...key }) => key),
      ...(page.next !== undefined && { next: Buffer.from(page.next).toString('base64url') }),
    }
  }

  @Post(':subscription/:key/retry')
  @HttpCode(202)
  @Roles('operator')
  @Answers(202, Asked, 'The holder of the subscription tries the key again, in order; the list shows whether it is gone.')
  async retry(@Param({ schema: Place }) { subscription, key }: z.infer<typeof Place>): Promise<{ requested: true }> {
    if (await requestRetry(this.sql, subscription, key)) return { requested: true }
    throw new ProblemError(404, 'not-found', `${subscription} has nothing parked for the key "${key}"`)
  }
}
