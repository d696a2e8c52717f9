import { findDefinition, parseStream, toWireType, upcasted, type AnyEvent, type DeploymentChecked, type Recorded } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import type { EventLine } from '@muster/ledger'
import { watchAlerts } from '../fsck/alerts.ts'
import { answersOfPeople } from '../fsck/answers.ts'
import { watchApprovals } from '../fsck/approvals.ts'
import { watchDeployments } from '../fsck/deployments.ts'
import { findingAt, type Finding, type Watch } from '../fsck/finding.ts'
import { watchOrder } from '../fsck/order.ts'
import { watchPolicies } from '../fsck/policies.ts'
import { rePerformance, type RePerformance } from '../fsck/re-performance.ts'
import type { Rest } from '../fsck/resting.ts'
import { seenIds, type SeenIds } from '../fsck/seen-ids.ts'
import { watchViolations } from '../fsck/violations.ts'

/*
 * Everything that was decided, decided again: facts are folded from the events, the policies of that moment are evaluated, and each outcome is
 * compared to the byte with what was recorded, reason by reason; who may sign, and whether enough did, is asked of the deciders.
 *
 * It is told event by event and keeps folded states. Positions belong to a store, so that here an event's place in the ledger stands for its
 * position, counted from 1, and a check is found to go by the event that it names.
 */

export interface DecidedAgain {
  see(line: EventLine): readonly Finding[]
  /** Once. `last` is the position behind which nothing could be here: what should have followed there is no finding. */
  end(last: number): readonly Finding[]
  readonly counts: { checks: number; events: number }
}

/** `log`: everything is here, from the first event on. `selection`: whole streams, with all that decisions about them go by. */
export function decideAgain(sha256: Sha256, what: 'log' | 'selection', rest?: Rest): DecidedAgain {
  const known = seenIds()
  let position = 0
  const places: SeenIds = { ...known, add: id => known.add(id, position) }
  const answers = answersOfPeople()
  const counts = { checks: 0, events: 0 }
  const again = byEvent(rePerformance(sha256, rest), places, counts)
  const decided = [watchDeployments(again, answers, rest), watchApprovals(rest), watchPolicies(answers, sha256)]
  const whole: readonly Watch[] = [watchViolations(places), watchAlerts(places, rest), watchOrder(places, 'many')]
  const watches = what === 'log' ? [...decided, ...whole] : decided

  return {
    counts,
    see(line) {
      const recorded = recordedOf(line)
      if (typeof recorded === 'string') return [findingOf(line, recorded)]
      counts.events += 1
      position = recorded.position
      try {
        const unreadable = [...again.see(recorded)]
        answers.see(recorded)
        const found = [...unreadable, ...watches.flatMap(watch => [...watch.see(recorded)])]
        if (what === 'selection' && !places.add(recorded.id)) found.push(findingAt('log', recorded, `its id ${recorded.id} is there twice`))
        return found
      } catch (error) {
        // Deciders and folds believe the contracts, and this did not keep one: it would have been refused when it was written.
        return [findingOf(line, `it cannot be decided again: ${error instanceof Error ? error.message : String(error)}`)]
      }
    },
    end: last => watches.flatMap(watch => [...watch.end()]).filter(({ position }) => position !== last),
  }
}

function recordedOf({
  event: { stream, revision, id, type, recordedtime, context },
  index,
  content,
}: EventLine): Recorded<AnyEvent> | string {
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
    event = upcasted(definition, { ...content, type: definition.type }) as AnyEvent
  } catch (error) {
    return `it is not what a ${type} is: ${error instanceof Error ? error.message : String(error)}`
  }
  return { event, id, stream, revision, position: index + 1, recordedtime, context }
}

const findingOf = ({ event: { stream, revision }, index }: EventLine, message: string): Finding => ({
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
