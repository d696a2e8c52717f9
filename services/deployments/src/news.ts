import { parseSubject, type AnyEvent, type Recorded } from '@muster/contracts'
import { changesCatalogue, isEvidenceStream } from '@muster/domain'

/*
 * What a batch of the log means for deployments, before anything is looked up: pure, and each deployment once, however often it is named.
 */

export interface Answer {
  readonly approvalId: string
  readonly deployment: string
  readonly digest: string
  readonly answer: 'granted' | 'rejected'
  readonly cause: Recorded<AnyEvent>
}

export interface Place {
  readonly environment: string
  readonly endpoint: string
}

export interface News {
  /** Intents declared, by id, and the event that did. */
  readonly declared: ReadonlyMap<string, Recorded<AnyEvent>>
  readonly withdrawn: ReadonlyMap<string, Recorded<AnyEvent>>
  readonly answers: readonly Answer[]
  /** Streams of evidence with something new, and their newest event. */
  readonly streams: ReadonlyMap<string, Recorded<AnyEvent>>
  /** Where a roll-out was seen or ended. */
  readonly places: ReadonlyMap<string, Place & { readonly cause: Recorded<AnyEvent> }>
  readonly policiesChanged: boolean
}

export function newsOf(batch: readonly Recorded<AnyEvent>[]): News {
  const declared = new Map<string, Recorded<AnyEvent>>()
  const withdrawn = new Map<string, Recorded<AnyEvent>>()
  const answers: Answer[] = []
  const streams = new Map<string, Recorded<AnyEvent>>()
  const places = new Map<string, Place & { cause: Recorded<AnyEvent> }>()

  for (const recorded of batch) {
    const { event, stream, context } = recorded
    if (isEvidenceStream(stream)) streams.set(stream, recorded)
    switch (event.type) {
      case 'intent.declared':
        declared.set(nameOf('intent', context.subject), recorded)
        break
      case 'intent.withdrawn':
        withdrawn.set(nameOf('intent', context.subject), recorded)
        break
      case 'approval.granted':
      case 'approval.rejected':
        if (event.about.kind === 'deployment') {
          const answer = event.type === 'approval.granted' ? 'granted' : 'rejected'
          const approvalId = nameOf('approval', context.subject)
          answers.push({ approvalId, deployment: event.about.id, digest: event.digest, answer, cause: recorded })
        }
        break
      case 'rollout.observed':
      case 'rollout.ended':
        places.set(stream, { ...placeOf(context.subject), cause: recorded })
        break
      default:
      // Whatever else is evidence: its stream is what counts.
    }
  }
  return {
    declared,
    withdrawn,
    answers,
    streams,
    places,
    policiesChanged: batch.some(({ event }) => changesCatalogue(event)),
  }
}

/** The deployments that it names, and the event that does. */
export const causesOf = ({ answers, declared, withdrawn }: News): Map<string, Recorded<AnyEvent>> =>
  new Map([...answers.map(({ deployment, cause }) => [deployment, cause] as const), ...declared, ...withdrawn])

/** Those that more than one deployment may read: an intent is read by its own alone, which is known by name. */
export const sharedStreams = ({ streams }: News): string[] => [...streams.keys()].filter(stream => !stream.startsWith('intent-'))

/** Subjects of recorded events are canonical: they always parse. */
function nameOf(category: 'intent' | 'approval', subject: string): string {
  const parsed = parseSubject(category, subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  return parsed.parts[0]
}

function placeOf(subject: string): Place {
  const parsed = parseSubject('endpoint', subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  const [environment, endpoint] = parsed.parts
  return { environment, endpoint }
}
