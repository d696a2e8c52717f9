import {
  canonicalJson,
  DeclareIntent,
  IntentAnswer,
  parseSubject,
  streamName,
  WithdrawIntent,
  type IntentDeclared,
} from '@muster/contracts'
import { decode, derivedEventId, type EventStore, type RecordedEvent } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import {
  Answers,
  Caller,
  CLOCK,
  EVENT_STORE,
  FromRequest,
  LOG_TAIL,
  ownSource,
  PEOPLE,
  PreferWait,
  ProblemError,
  standAt,
  type LogTail,
  type Origin,
  type People,
  type Reply,
} from '@muster/nest-host'
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common'
import { z } from 'zod'
import { problemOf } from './events.routes.ts'
import type { Decoded } from './intake/cloud-event.ts'
import { INTAKE_METERS, type IntakeMeters } from './intake/meters.ts'
import { takeIn } from './intake/take-in.ts'
import { answered, awaitAnswer, ended } from './intents/answer.ts'
import { declaration, withdrawal } from './intents/declaration.ts'

const IntentId = z.object({
  id: z.string().refine(id => parseSubject('intent', encodeURIComponent(id)).ok, 'not an id that an intent could have'),
})

/*
 * Ask that a version may run, and hear what was decided.
 *
 * A person asks for themselves. A service with the role `publisher` asks for the person it names: a robot declares and a person asks.
 */
@Controller('v1/intents')
export class IntentRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOG_TAIL) private readonly tail: LogTail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(INTAKE_METERS) private readonly meters: IntakeMeters,
  ) {}

  @Post()
  @Answers(200, IntentAnswer, 'Decided, or people are asked.')
  @Answers(202, IntentAnswer, 'Not yet; `Prefer: wait=10` waits for it.')
  async declare(
    @Body({ schema: DeclareIntent }) { id = '', requestedBy, ...asked }: DeclareIntent,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @PreferWait() wait: number,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IntentAnswer> {
    // Without an id of its own, a request with an Idempotency-Key is the same intent when it is repeated.
    const intent = id === '' ? derivedEventId(origin.cause, 'intent', 0) : id
    const event = declaration(intent, { ...asked, requestedBy: this.askerOf(caller, requestedBy) })
    const position = (await this.declaredBefore(intent, event)) ?? (await this.record(event, caller, origin))
    return this.answer(reply, { id: intent, position, awaited: answered, timeoutMs: wait * 1000 })
  }

  @Post(':id/withdrawal')
  @Answers(200, IntentAnswer, 'Withdrawn, and what became of it.')
  @Answers(202, IntentAnswer, 'Not yet; `Prefer: wait=10` waits for it.')
  async withdraw(
    @Param({ schema: IntentId }) { id }: z.infer<typeof IntentId>,
    @Body({ schema: WithdrawIntent }) body: WithdrawIntent,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @PreferWait() wait: number,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IntentAnswer> {
    const events = await this.store.read([streamName('intent', id)])
    const declared = events.find(isOf('intent.declared'))
    if (declared === undefined) throw new ProblemError(404, 'not-found', `there is no intent "${id}"`)
    this.refuseStrangers(caller, decode(declared).event as IntentDeclared, declared.context.source)
    const earlier = events.find(isOf('intent.withdrawn'))
    const position = earlier?.position ?? (await this.record(withdrawal(id, body), caller, origin))
    return this.answer(reply, { id, position, awaited: ended, timeoutMs: wait * 1000 })
  }

  private async record(event: Decoded, caller: Caller, { traceparent }: Origin): Promise<number> {
    const taken = await takeIn(this.store, this.clock(), [event], {
      own: true,
      actor: caller,
      ...(traceparent !== undefined && { traceparent }),
    })
    this.meters.count('intents', taken)
    const [verdict] = taken.map(each => each.verdict)
    if (verdict?.kind === 'recorded' || verdict?.kind === 'repeated') return verdict.position
    if (verdict?.kind === 'refused') throw problemOf(verdict.refusal)
    throw new Error('an event that came alone was withheld')
  }

  private async answer(reply: Reply, asked: Parameters<typeof awaitAnswer>[2]): Promise<IntentAnswer> {
    const answer = await awaitAnswer(this.store, this.tail, asked)
    standAt(reply, answer.position)
    void reply.status(asked.awaited.has(answer.status) ? 200 : 202)
    return answer
  }

  /** Where the same was declared before, by whichever door. */
  private async declaredBefore(id: string, { event }: Decoded): Promise<number | undefined> {
    const parsed = parseSubject('intent', encodeURIComponent(id))
    if (!parsed.ok || !event.ok) return undefined
    const events = await this.store.read([streamName('intent', ...parsed.parts)])
    const declared = events.find(isOf('intent.declared'))
    if (declared === undefined || declared.data === canonicalJson(event.value.data)) return declared?.position
    throw new ProblemError(409, 'id-reused', `intent "${id}" was declared with other content: choose another id, or leave it out`)
  }

  private askerOf(caller: Caller, requestedBy: string | undefined): string {
    if (caller.kind === 'person') {
      if (requestedBy !== undefined && this.people.personOf(requestedBy, ownSource) !== caller.id)
        throw new ProblemError(403, 'not-permitted', `${caller.name} may only ask for themselves, not for ${requestedBy}`)
      return caller.id
    }
    refuseWithoutRole(caller)
    if (requestedBy === undefined) {
      const message = 'a service says who asks: a robot declares and a person asks'
      throw new ProblemError(400, 'invalid', `/requestedBy: ${message}`, { errors: [{ pointer: '/requestedBy', message }] })
    }
    return requestedBy
  }

  private refuseStrangers(caller: Caller, { requestedBy }: IntentDeclared, source: string): void {
    if (caller.kind === 'person' && this.people.personOf(requestedBy, source) === caller.id) return
    refuseWithoutRole(caller)
  }
}

/** In whatever version, and whatever stands beside it: a newer release may have written what this one cannot read. */
const isOf =
  (type: string) =>
  (recorded: RecordedEvent): boolean =>
    recorded.type.startsWith(`${type}.v`)

function refuseWithoutRole(caller: Caller): void {
  if (caller.roles.includes('publisher')) return
  throw new ProblemError(403, 'not-permitted', `${caller.name} has not the role publisher`)
}
