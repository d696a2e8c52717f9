import { ErasePersonRequest, Erasure, ErasureReport, Person } from '@muster/contracts'
import type { EventStore, KeyVault } from '@muster/event-store'
import {
  answer,
  Answers,
  Caller,
  Commands,
  EVENT_STORE,
  FromRequest,
  KEY_VAULT,
  RAW_STORE,
  Roles,
  type Origin,
  type Reply,
} from '@muster/nest-host'
import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common'
import { z } from 'zod'
import { ErasureMessage } from './erasure.handler.ts'
import { listErasures, reportOn, type ReportParts } from './report.query.ts'

const ByPerson = z.object({ person: Person })
type ByPerson = z.infer<typeof ByPerson>
const Erasures = z.strictObject({ items: z.array(Erasure) }).meta({ id: 'Erasures' })

/*
 * That what a person wrote can be read by nobody any more. Who they are to Muster, an id, and what they decided, stay: without those no
 * decision could be checked again. Looking first is a GET and changes nothing.
 */
@Controller('v1/erasures')
export class ErasureRoutes {
  private readonly parts: ReportParts

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(RAW_STORE) raw: EventStore,
    @Inject(KEY_VAULT) vault: KeyVault,
    @Inject(Commands) private readonly commands: Commands,
  ) {
    this.parts = { store, raw, vault }
  }

  @Get()
  @Roles('privacy-officer')
  @Answers(200, Erasures, 'All erasures, the newest first: what must be done again after a restore of a log that does not have them.')
  async list(): Promise<z.infer<typeof Erasures>> {
    return { items: [...(await listErasures(this.parts.store))] }
  }

  @Get(':person')
  @Roles('privacy-officer')
  @Answers(200, ErasureReport, 'What stands of the words of the person, and what an erasure would take.')
  read(@Param({ schema: ByPerson }) { person }: ByPerson): Promise<ErasureReport> {
    return reportOn(person, this.parts)
  }

  @Post(':person')
  @Roles('privacy-officer')
  @Answers(201, ErasureReport, 'The keys are destroyed.')
  @Answers(200, ErasureReport, 'They were before.')
  async erase(
    @Param({ schema: ByPerson }) { person }: ByPerson,
    @Body({ schema: ErasePersonRequest }) { reason }: ErasePersonRequest,
    @Caller() caller: Caller,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ErasureReport> {
    const words = reason === undefined ? undefined : { personal: reason, of: caller.id }
    const outcome = await this.commands.send(new ErasureMessage(person, words, origin))
    answer(reply, outcome, {})
    void reply.status(outcome.kind === 'recorded' ? 201 : 200)
    return await reportOn(person, this.parts)
  }
}
