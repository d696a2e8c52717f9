import type { AnyEvent, Recorded, ViolationEvent } from '@muster/contracts'
import { isSameRollout, type Rollout } from '@muster/domain'
import { findingAt, type Watch } from './finding.ts'
import type { SeenIds } from './seen-ids.ts'

/** Violations of every place: found once until they end, ended only when they were found, and seen by an event that stands in the log. */
export function watchViolations(ids: SeenIds): Watch {
  const open = new Map<string, Open[]>()
  return {
    *see(recorded) {
      if (!isOfViolation(recorded)) return
      const { event, stream } = recorded
      const here = open.get(stream) ?? []
      const others = here.filter(one => one.kind !== event.kind || !isSameRollout(one.running, event.running))
      const what = `${event.kind} of ${event.running.model} ${event.running.version}`
      if (event.type === 'violation.found') {
        if (others.length < here.length) yield findingAt('violations', recorded, `${what} is found, and is open already`)
        if (!ids.has(event.observed))
          yield findingAt('violations', recorded, `${what} was seen by ${event.observed}, which is not in the log before it`)
        open.set(stream, [...others, event])
      } else {
        if (others.length === here.length) yield findingAt('violations', recorded, `${what} ends, and was not open`)
        open.set(stream, others)
      }
    },
    *end() {},
  }
}

interface Open {
  readonly kind: string
  readonly running: Pick<Rollout, 'model' | 'version' | 'artifact'>
}

const isOfViolation = (recorded: Recorded<AnyEvent>): recorded is Recorded<ViolationEvent> => recorded.stream.startsWith('violation-')
