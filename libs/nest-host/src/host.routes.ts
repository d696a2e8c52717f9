import { Controller, Get, Inject, Res } from '@nestjs/common'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { isLoopback } from './demo-identity.ts'
import { callerOf, Public } from './caller.ts'
import type { Health } from './health.ts'
import type { Reply, Request } from './http.ts'
import { ProblemError } from './problem.ts'
import { Answers } from './routes.ts'
import { HEALTH, METRICS, OPENAPI } from './tokens.ts'

/* What every process answers, whichever modules it runs. */

const HealthReport = z
  .strictObject({
    status: z.enum(['ready', 'not-ready']),
    parts: z.record(z.string(), z.string().describe('ok, or what is wrong; only `not ok` for strangers')),
  })
  .meta({ id: 'HealthReport' })

@Public()
@Controller()
export class HostRoutes {
  constructor(
    @Inject(HEALTH) private readonly health: Health,
    @Inject(METRICS) private readonly metrics: Registry,
    @Inject(OPENAPI) private readonly openapi: () => object,
  ) {}

  @Get('health/live')
  @Answers(200, z.strictObject({ status: z.literal('live') }), 'The process runs.')
  live() {
    return { status: 'live' }
  }

  @Get('health/ready')
  @Answers(200, HealthReport, 'Every part does its work; 503 with the same body when one does not.')
  async ready(@Res({ passthrough: true }) reply: Reply) {
    const { status, parts } = await this.health.report()
    if (status !== 'ready') void reply.status(503)
    if (isTrusted(reply.request)) return { status, parts }
    return { status, parts: Object.fromEntries(Object.entries(parts).map(([part, state]) => [part, state === 'ok' ? state : 'not ok'])) }
  }

  @Get('metrics')
  @Answers(200, undefined, 'Figures as Prometheus reads them. From another machine, and through a proxy, a token is needed.')
  async figures(@Res({ passthrough: true }) reply: Reply) {
    if (!isTrusted(reply.request))
      throw new ProblemError(401, 'not-authorised', 'metrics need a token, except from this machine', {
        headers: { 'www-authenticate': 'Bearer realm="muster"' },
      })
    void reply.type(this.metrics.contentType)
    return this.metrics.metrics()
  }

  @Get('openapi.json')
  @Answers(200, undefined, 'This document.')
  document() {
    return this.openapi()
  }
}

/** Has a token, or is on this machine and came by no proxy. Others do not learn our inside: figures tell about the business too. */
const isTrusted = (request: Request): boolean =>
  callerOf(request) !== undefined ||
  (isLoopback(request.ip) && !('x-forwarded-for' in request.headers) && !('forwarded' in request.headers))
