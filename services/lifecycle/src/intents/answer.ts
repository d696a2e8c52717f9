import { streamName, type DeploymentEvent, type DeploymentStatus, type IntentAnswer } from '@muster/contracts'
import { decode, type EventStore, type RecordedEvent } from '@muster/event-store'
import type { LogTail } from '@muster/nest-host'

/* What became of an intent: read off its deployment's stream, which another context writes. */

type Status = IntentAnswer['status']

/** After a declaration: there is something to obey, or people to wait for. */
export const answered: ReadonlySet<Status> = new Set(['approval-required', 'cleared', 'blocked', 'refused', 'lapsed', 'revoked'])
/** After a withdrawal: nothing holds any longer. */
export const ended: ReadonlySet<Status> = new Set(['blocked', 'refused', 'lapsed', 'revoked'])

export function answerOf(
  id: string,
  position: number,
  events: Iterable<{ readonly event: DeploymentEvent; readonly position: number }>,
): IntentAnswer {
  let answer: IntentAnswer = { id, status: 'undecided', reasons: [], position }
  for (const recorded of events) answer = { ...next(answer, recorded.event), position: Math.max(answer.position, recorded.position) }
  return answer
}

function next({ missing, ...answer }: IntentAnswer, event: DeploymentEvent): IntentAnswer {
  switch (event.type) {
    case 'deployment.opened':
      return { ...answer, status: 'waiting', target: event.target, missing: event.missing }
    case 'deployment.checked':
      return { ...answer, target: event.target, ...(missing !== undefined && { missing }) }
    case 'deployment.approval-required':
      return { ...outcome(answer, 'approval-required', event), approvalId: event.approvalId }
    case 'deployment.cleared':
      return outcome(answer, 'cleared', event)
    case 'deployment.blocked':
      return outcome(answer, 'blocked', event)
    case 'deployment.refused':
      return outcome(answer, 'refused', event)
    case 'deployment.lapsed':
      return outcome(answer, 'lapsed', event)
    case 'deployment.revoked':
      return outcome(answer, 'revoked', event)
  }
}

type Decided = Pick<IntentAnswer, 'target'> & { readonly reasons?: IntentAnswer['reasons'] }
const outcome = (answer: IntentAnswer, status: DeploymentStatus, { target, reasons = [] }: Decided): IntentAnswer => ({
  ...answer,
  status,
  target,
  reasons,
})

/** Of an intent, of which an event stands at `position`: the present answer if it is awaited, or that of within so many milliseconds. */
export async function awaitAnswer(
  store: EventStore,
  tail: LogTail,
  { id, position, awaited, timeoutMs }: { id: string; position: number; awaited: ReadonlySet<Status>; timeoutMs: number },
): Promise<IntentAnswer> {
  const stream = streamName('deployment', id)
  const present = async (): Promise<IntentAnswer> => answerOf(id, position, (await store.read([stream])).map(ofDeployment))

  // Taken before the stream is read: what is not in the one is behind the other.
  const after = await store.head()
  const now = await present()
  if (awaited.has(now.status) || timeoutMs === 0) return now
  await tail.waitFor(recorded => (recorded.stream === stream && awaited.has(statusAfter(recorded)) ? true : undefined), {
    after,
    timeoutMs,
    filter: { categories: ['deployment'] },
  })
  return await present()
}

/** The stream of a deployment holds its events and no others. */
const ofDeployment = (recorded: RecordedEvent) => ({ event: decode(recorded).event as DeploymentEvent, position: recorded.position })

const statusAfter = (recorded: RecordedEvent): Status => answerOf('', 0, [ofDeployment(recorded)]).status
