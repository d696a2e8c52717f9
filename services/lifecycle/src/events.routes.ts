import { EventReceipt, type QuarantineReason } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import {
  Answers,
  Caller,
  CLOCK,
  EVENT_STORE,
  ownSource,
  PEOPLE,
  ProblemError,
  RawBytes,
  Roles,
  standAt,
  type People,
  type Reply,
} from '@muster/nest-host'
import { Body, Controller, Headers, Inject, Post, Res } from '@nestjs/common'
import { z } from 'zod'
import { decodeHttp, type Headers as HeadersSent } from './intake/http-binding.ts'
import { INTAKE_METERS, type IntakeMeters } from './intake/meters.ts'
import type { Verdict } from './intake/recording.ts'
import type { Refusal } from './intake/refusal.ts'
import { takeIn, type Taken } from './intake/take-in.ts'

const Receipts = z.union([EventReceipt, z.array(EventReceipt)])

/*
 * Events of the platform by HTTP. The sender is there to hear what is wrong, so nothing is quarantined. Who did it is the caller, whatever
 * the event says; and a person declares intents for themselves only, as at `/v1/intents`.
 */
@Controller('v1/events')
export class EventRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(INTAKE_METERS) private readonly meters: IntakeMeters,
  ) {}

  @Post()
  @Roles('publisher')
  @RawBytes()
  @Answers(202, Receipts, 'Recorded. A batch is answered by a list in its order, with 400 or 409 when one is refused.')
  @Answers(200, Receipts, 'All of it was there already.')
  async publish(
    @Headers() headers: HeadersSent,
    @Body() body: Uint8Array | undefined,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<EventReceipt | EventReceipt[]> {
    const sent = decodeHttp(headers, body ?? new Uint8Array())
    if (!sent.ok) throw problemOf(sent.refusal)
    const events = sent.value.kind === 'one' ? [sent.value.event] : sent.value.events
    const { traceparent } = headers
    const taken = await takeIn(this.store, this.clock(), events, {
      whole: true,
      actor: caller,
      ...(caller.kind === 'person' && { asksFor: name => this.people.personOf(name, ownSource) === caller.id }),
      ...(typeof traceparent === 'string' && { traceparent }),
    })
    this.meters.count('http', taken)

    const [first] = taken
    if (sent.value.kind === 'one' && first?.verdict.kind === 'refused') throw problemOf(first.verdict.refusal)
    const receipts = taken.map(receiptOf)
    const position = Math.max(0, ...receipts.map(receipt => receipt.position ?? 0))
    if (position > 0) standAt(reply, position)
    void reply.status(statusOf(receipts))
    return sent.value.kind === 'one' && receipts[0] !== undefined ? receipts[0] : receipts
  }
}

export const statusOfRefusal = ({ code }: Pick<Refusal, 'code'>): number => statuses[code]

const statuses: Readonly<Record<QuarantineReason['code'], number>> = {
  'not-a-cloudevent': 400,
  'not-json': 400,
  'too-large': 413,
  'unknown-type': 400,
  invalid: 400,
  'wrong-subject': 400,
  'from-the-future': 400,
  'id-reused': 409,
  'conflicting-digest': 409,
}

export const problemOf = (refusal: Refusal): ProblemError =>
  new ProblemError(statusOfRefusal(refusal), refusal.code, refusal.message, {
    ...(refusal.path !== undefined && { errors: [{ pointer: refusal.path, message: refusal.message }] }),
  })

function receiptOf({ claimed: { id, source }, verdict }: Taken): EventReceipt {
  const named = { ...(id !== undefined && { id }), ...(source !== undefined && { source }) }
  return { ...named, ...outcomeOf(verdict) }
}

function outcomeOf(verdict: Verdict): Omit<EventReceipt, 'id' | 'source'> {
  switch (verdict.kind) {
    case 'recorded':
      return { outcome: 'recorded', status: 202, position: verdict.position }
    case 'repeated':
      return { outcome: 'unchanged', status: 200, position: verdict.position }
    case 'withheld':
      return { outcome: 'withheld', status: 424 }
    case 'refused': {
      const { code, message, path } = verdict.refusal
      return {
        outcome: 'refused',
        status: statusOfRefusal(verdict.refusal),
        error: { code, message, ...(path !== undefined && { pointer: path }) },
      }
    }
  }
}

/** Of the whole: what is malformed outranks what conflicts, as mending it comes first. */
function statusOf(receipts: readonly EventReceipt[]): number {
  const statuses = receipts.map(({ status }) => status)
  return [400, 413, 409, 202].find(status => statuses.includes(status)) ?? 200
}
