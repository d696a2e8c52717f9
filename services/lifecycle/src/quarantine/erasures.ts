import { SUBSCRIPTIONS, type Subscriptions } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'

/**
 * What stands in quarantine was never accepted, so it was never encrypted. Where such a message holds text of a person who was erased, in
 * the shape that events have for it, its bytes go, and so do the words of the refusal, which may quote them. That something was refused,
 * for which code and when, stays. It may be done twice.
 */
@Injectable()
export class QuarantineErasures {
  constructor(@Inject(SUBSCRIPTIONS) subscriptions: Subscriptions) {
    subscriptions.add({
      name: 'lifecycle-erasures',
      filter: { categories: ['person'] },
      async handle(batch, tx) {
        for (const { event } of batch) if (event.type === 'person.erased') await blankMessagesOf(tx, event.person)
      },
    })
  }
}

/** An id has no character that JSON escapes; its dots stand for themselves. */
async function blankMessagesOf(sql: Sql, person: string): Promise<void> {
  await sql.query(
    `UPDATE lifecycle.quarantine SET value = '\\x', headers = '{}', claimed = '{}', message = '[erased]'
     WHERE position('"personal"'::bytea IN value) > 0 AND encode(value, 'escape') ~ $1`,
    [`"of"\\s*:\\s*"${person.replaceAll('.', String.raw`\.`)}"`],
  )
}
