import { Answers, Caller } from '@muster/nest-host'
import { Controller, Inject, Post } from '@nestjs/common'
import { z } from 'zod'
import { lifetime, Tickets } from './tickets.ts'

const Ticket = z.strictObject({ ticket: z.string(), expiresInSeconds: z.int() }).meta({ id: 'StreamTicket' })

@Controller('v1/stream')
export class StreamRoutes {
  constructor(@Inject(Tickets) private readonly tickets: Tickets) {}

  @Post('tickets')
  @Answers(201, Ticket, 'A ticket that opens one WebSocket: /v1/stream?ticket=…')
  issue(@Caller() caller: Caller): z.infer<typeof Ticket> {
    return { ticket: this.tickets.issue(caller), expiresInSeconds: lifetime }
  }
}
