import { intentDeclared, intentWithdrawn, subjectOf, wireType, type DeclareIntent, type WithdrawIntent } from '@muster/contracts'
import { ownSource } from '@muster/nest-host'
import { fromStructured, unread, type Decoded } from '../intake/cloud-event.ts'
import { refuse } from '../intake/refusal.ts'
import { parseStrict } from '../intake/strict-json.ts'

/*
 * What people and pipelines ask for at the door, as the events that intake takes: through the same checks as everything else.
 *
 * The id of the event follows from that of the intent, so that asking again is a repeat, and asking otherwise under the same id is refused.
 */

type Declared = Omit<DeclareIntent, 'id' | 'requestedBy'> & { readonly requestedBy: string }

export const declaration = (id: string, data: Declared): Decoded => event(`intent:${id}`, wireType(intentDeclared), id, data)

export const withdrawal = (id: string, data: WithdrawIntent): Decoded => event(`withdrawal:${id}`, wireType(intentWithdrawn), id, data)

function event(id: string, type: string, intent: string, data: object): Decoded {
  let subject: string
  try {
    subject = subjectOf('intent', intent)
  } catch (error) {
    return unread(refuse('wrong-subject', error instanceof Error ? error.message : String(error), '/id'))
  }
  const written = JSON.stringify({ specversion: '1.0', id, source: `${ownSource}/lifecycle`, type, subject, data })
  const parsed = parseStrict(Buffer.from(written), { depth: 3, bytes: longestRequest })
  return parsed.ok ? fromStructured(parsed.value) : unread(parsed)
}

const longestRequest = 512 * 1024
