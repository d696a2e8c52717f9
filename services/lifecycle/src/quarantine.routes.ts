import { PageQuery, pageOf, QuarantinedMessage, QuarantineEntry, quarantineReasons, ReleaseMessage, type Page } from '@muster/contracts'
import type { QuarantineRejection } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import {
  answer,
  Answers,
  Caller,
  CLOCK,
  Commands,
  EVENT_STORE,
  FromRequest,
  ProblemError,
  Roles,
  SQL,
  type Origin,
  type Refusals,
  type Reply,
} from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { z } from 'zod'
import { decodeKafka } from './intake/kafka-binding.ts'
import { takeIn } from './intake/take-in.ts'
import { findKept, keepReason, keepRelease, listKept, type KeptMessage } from './quarantine/kept.ts'
import { QuarantineMessage } from './quarantine.handler.ts'

const BySha256 = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the message: 64 lower-case hex digits') })
type BySha256 = z.infer<typeof BySha256>
const ListQuery = PageQuery.extend({
  released: z.enum(['true', 'false']).optional().describe('false: only what is still in quarantine. Both when left out.'),
  code: z.enum(quarantineReasons).optional(),
})

/*
 * Messages that were not taken: looked at, brought through intake once more, or given up. Whoever has a token may look.
 *
 * A replay is safe to repeat, and so is a crash in it: what it records is a repeat in its stream the next time.
 */
@Controller('v1/quarantine')
export class QuarantineRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get()
  @Answers(200, pageOf('QuarantinePage', QuarantineEntry), 'Messages that were not taken, what came last first.')
  list(@Query({ schema: ListQuery }) { released, ...wanted }: z.infer<typeof ListQuery>): Promise<Page<QuarantineEntry>> {
    return listKept(this.sql, { ...wanted, ...(released !== undefined && { released: released === 'true' }) })
  }

  @Get(':sha256')
  @Answers(200, QuarantinedMessage, 'The message as it came, and why it was not taken.')
  async read(@Param({ schema: BySha256 }) { sha256 }: BySha256): Promise<QuarantinedMessage> {
    const { entry, value, rawHeaders } = await this.find(sha256)
    const bytes = Buffer.from(value ?? [])
    const headers = Object.fromEntries(Object.entries(rawHeaders).map(([name, header]) => [name, Buffer.from(header).toString('utf8')]))
    return { ...entry, headers, text: bytes.toString('utf8'), base64: bytes.toString('base64') }
  }

  @Post(':sha256/replay')
  @HttpCode(200)
  @Roles('operator')
  @Answers(200, QuarantineEntry, 'It is taken now. 409: it is still not, with the reason of today.')
  async replay(
    @Param({ schema: BySha256 }) { sha256 }: BySha256,
    @Body({ schema: ReleaseMessage }) body: ReleaseMessage,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<QuarantineEntry> {
    const kept = await this.find(sha256)
    if (kept.entry.released?.outcome === 'discarded') throw new ProblemError(409, 'already-released', alreadyReleased)
    const [taken] = await takeIn(this.store, this.clock(), [decodeKafka(kept)])
    if (taken?.verdict.kind === 'refused') {
      await keepReason(this.sql, sha256, taken.verdict.refusal)
      const { code, message, path } = taken.verdict.refusal
      throw new ProblemError(409, code, message, { ...(path !== undefined && { errors: [{ pointer: path, message }] }) })
    }
    return this.release(sha256, 'replayed', body, caller, origin, reply)
  }

  @Post(':sha256/discard')
  @HttpCode(200)
  @Roles('operator')
  @Answers(200, QuarantineEntry, 'It is given up. Its bytes stay.')
  async discard(
    @Param({ schema: BySha256 }) { sha256 }: BySha256,
    @Body({ schema: ReleaseMessage }) body: ReleaseMessage,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<QuarantineEntry> {
    await this.find(sha256)
    return this.release(sha256, 'discarded', body, caller, origin, reply)
  }

  private async release(
    sha256: string,
    outcome: 'replayed' | 'discarded',
    { reason }: ReleaseMessage,
    caller: Caller,
    origin: Origin,
    reply: Reply,
  ): Promise<QuarantineEntry> {
    const command = { type: 'release-message', outcome, reason: { personal: reason, of: caller.id } } as const
    const order = { sha256, command, origin }
    const [done] = await this.commands.send(new QuarantineMessage(sha256, { type: 'command-quarantine', orders: [order] }, origin))
    if (done !== undefined) answer(reply, done, refusals)
    await keepRelease(this.sql, sha256, { outcome, by: caller.id, at: this.clock() })
    const { entry } = await this.find(sha256)
    return entry
  }

  private async find(sha256: string): Promise<KeptMessage> {
    const kept = await findKept(this.sql, sha256)
    if (kept === undefined) throw new ProblemError(404, 'not-found', `no message with the digest ${sha256} is in quarantine`)
    return kept
  }
}

const alreadyReleased = 'the message has left quarantine already, in the other way'
const refusals: Refusals<QuarantineRejection> = {
  'not-found': [404, 'the message is not in quarantine'],
  'already-released': [409, alreadyReleased],
}
