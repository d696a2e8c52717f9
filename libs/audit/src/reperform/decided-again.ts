import { findDefinition, parseStream, toWireType, upcasted, type AnyEvent, type DeploymentChecked, type Recorded } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import type { CommittedEvent } from '@muster/ledger'
import { watchAlerts } from '../fsck/alerts.ts'
import { answersOfPeople } from '../fsck/answers.ts'
import { watchApprovals } from '../fsck/approvals.ts'
import { watchDeployments } from '../fsck/deployments.ts'
import { findingAt, type Finding, type Watch } from '../fsck/finding.ts'
import { watchPolicies } from '../fsck/policies.ts'
import { rePerformance, type RePerformance } from '../fsck/re-performance.ts'
import type { Rest } from '../fsck/resting.ts'
import { seenIds, type SeenIds } from '../fsck/seen-ids.ts'
import { watchViolations } from '../fsck/violations.ts'

/*
 * Everything that was decided, decided again: facts are folded from the events, the policies of that moment are evaluated, and each outcome is
 * compared to the byte with what was recorded, reason by reason; who may sign, and whether enough did, is asked of the deciders.
 *
 * It is told line by line and keeps folded states. Positions belong to a store, so that here an event's place in the ledger stands for its
 * position, counted from 1, and a check is found to go by the event that it names.
 */

/** Who decides again: this thread, or another one beside it. */
export interface Decisions {
  /** The next lines of the log, each of which `readEventLine` takes. Gives what was found by now, of these or of those before. */
  see(lines: readonly string[]): readonly Finding[]
  /** Resolves when more may be handed over: whoever reads faster than is decided waits. */
  ready(): Promise<void>
  /** Once. `last` is the position behind which nothing could be here: what should have followed there is no finding. Without it nothing is missed. */
  end(last?: number): Promise<Decided>
}

export interface Decided {
  /** What was not given before. */
  readonly findings: readonly Finding[]
  /** Checks that were performed again. */
  readonly checks: number
}

export interface DecidedAgain {
  see(lines: readonly string[]): readonly Finding[]
  end(last?: number): Decided
}

/** `log`: everything is here, from the first event on. `selection`: whole streams, with all that decisions about them go by. */
export type DecidedFrom = 'log' | 'selection'

export function decideHere(sha256: Sha256, what: DecidedFrom, rest?: Rest): Decisions {
  const { see, end } = decideAgain(sha256, what, rest)
  return { see, ready: () => Promise.resolve(), end: last => Promise.resolve(end(last)) }
}

export function decideAgain(sha256: Sha256, what: DecidedFrom, rest?: Rest): DecidedAgain {
  const known = seenIds()
  let position = 0
  const places: SeenIds = { ...known, add: id => known.add(id, position) }
  const answers = answersOfPeople()
  const counts = { checks: 0 }
  const again = byEvent(rePerformance(sha256, rest), places, counts)
  const decided = [watchDeployments(again, answers, rest), watchApprovals(rest), watchPolicies(answers, sha256)]
  const whole: readonly Watch[] = [watchViolations(places), watchAlerts(places, rest)]
  const watches = what === 'log' ? [...decided, ...whole] : decided

  function one(text: string, found: Finding[]): void {
    // It was found strict: nothing in it can mean two things.
    const line = JSON.parse(text) as Line
    const recorded = recordedOf(line)
    if (typeof recorded === 'string') return void found.push(findingOf(line, recorded))
    position = recorded.position
    try {
      found.push(...again.see(recorded))
      answers.see(recorded)
      for (const watch of watches) found.push(...watch.see(recorded))
      if (!places.add(recorded.id))
        found.push(findingAt('log', recorded, `its id ${recorded.id} is there twice, and every event should have its own`))
    } catch (error) {
      // Deciders and folds believe the contracts, and this did not keep one: it would have been refused when it was written.
      found.push(findingOf(line, `it cannot be decided again: ${error instanceof Error ? error.message : String(error)}`))
    }
  }

  return {
    see(lines) {
      const found: Finding[] = []
      for (const line of lines) one(line, found)
      return found
    },
    end: last => ({
      findings: last === undefined ? [] : watches.flatMap(watch => [...watch.end()]).filter(found => found.position !== last),
      checks: counts.checks,
    }),
  }
}

/** What a line of the log says, its content parsed with the rest. */
interface Line extends Omit<CommittedEvent, 'data'> {
  readonly index: number
  readonly data: Readonly<Record<string, unknown>>
}

function recordedOf({ stream, revision, id, type, recordedtime, context, index, data }: Line): Recorded<AnyEvent> | string {
  const definition = findDefinition(type)
  if (definition === undefined) return `its type ${type} is not known to this release`
  let parsed: ReturnType<typeof parseStream>
  try {
    parsed = parseStream(stream)
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
  if (parsed.category !== definition.category) return `a ${definition.type} never stands in a stream of the category ${parsed.category}`
  if (parsed.subject !== context.subject) return `it is about ${context.subject}, and stands in the stream of another subject`
  if (context.type !== toWireType(type)) return `its context says ${context.type}, and it is recorded as ${type}`
  // What a content of this type says is its contract's to know; a fold that finds something else says so.
  let event: AnyEvent
  try {
    event = upcasted(definition, { ...data, type: definition.type }) as AnyEvent
  } catch (error) {
    return `it is not what a ${type} is: ${error instanceof Error ? error.message : String(error)}`
  }
  return { event, id, stream, revision, position: index + 1, recordedtime, context }
}

const findingOf = ({ stream, revision, index }: Line, message: string): Finding => ({
  part: 'log',
  message: `${stream}@${revision} (position ${index + 1}): ${message}`,
  stream,
  revision,
  position: index + 1,
})

/** Checks go by the event that they name, whatever the position was in the store where they were made. */
function byEvent(again: RePerformance, places: SeenIds, counts: { checks: number }): RePerformance {
  return {
    see: recorded => again.see(recorded),
    perform(recorded: Recorded<DeploymentChecked>) {
      counts.checks += 1
      const { asOf } = recorded.event
      const position = places.placeOf(asOf.event)
      if (position === undefined) return `it goes by the event ${asOf.event}, which is not in the log before it`
      if (position === asOf.position) return again.perform(recorded)
      const result = again.perform({ ...recorded, event: { ...recorded.event, asOf: { ...asOf, position } } })
      return typeof result === 'string' ? result : { ...result, check: { ...result.check, asOf } }
    },
  }
}
