import type { Caller } from '@muster/nest-host'
import type { Clock } from '@muster/kernel'
import { CLOCK } from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'
import { randomBytes } from 'node:crypto'

/** How long a ticket may wait to be used, in seconds. */
export const lifetime = 30

/**
 * One-time tickets for browsers, which cannot send a token with a WebSocket, and must not put one into an address that is logged. They live
 * in this process: one that was lost with it is simply asked for again.
 */
@Injectable()
export class Tickets {
  private readonly issued = new Map<string, { readonly caller: Caller; readonly until: number }>()

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  issue(caller: Caller): string {
    const now = Date.parse(this.clock())
    for (const [ticket, { until }] of this.issued) if (until <= now) this.issued.delete(ticket)
    const ticket = randomBytes(24).toString('base64url')
    this.issued.set(ticket, { caller, until: now + lifetime * 1_000 })
    return ticket
  }

  /** The caller whom it was issued to, once. */
  redeem(ticket: string): Caller | undefined {
    const found = this.issued.get(ticket)
    this.issued.delete(ticket)
    return found !== undefined && Date.parse(this.clock()) < found.until ? found.caller : undefined
  }
}
