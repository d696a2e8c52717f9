import type { AnyEvent, Recorded } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import { watchAlerts } from './alerts.ts'
import { answersOfPeople } from './answers.ts'
import { watchApprovals } from './approvals.ts'
import { watchDeployments } from './deployments.ts'
import type { Finding } from './finding.ts'
import { watchOrder } from './order.ts'
import { watchPolicies } from './policies.ts'
import { rePerformance } from './re-performance.ts'
import { seenIds } from './seen-ids.ts'
import { watchViolations } from './violations.ts'

/*
 * Derives everything again from the log alone and says what differs.
 *
 * It is told event by event and keeps the states that deciders and folds keep, so that its memory grows with how many things there are, and
 * by 64 bytes an event for the ids, and not with what was said of them. Nothing is taken from what is to be proven: each outcome comes from
 * the deciders, each check from the facts and policies of the log.
 */

export interface LogFsck {
  see(recorded: Recorded<AnyEvent>): readonly Finding[]
  /** Once, behind the last event. */
  end(): readonly Finding[]
}

export interface LogFsckOptions {
  readonly sha256: Sha256
  /** `many`: several processes wrote, to a store that has a clock for each of them. */
  readonly clocks?: 'one' | 'many'
}

export function fsckLog({ sha256, clocks = 'one' }: LogFsckOptions): LogFsck {
  const ids = seenIds()
  const answers = answersOfPeople()
  const again = rePerformance(sha256)
  const watches = [
    watchDeployments(again, answers),
    watchApprovals(),
    watchPolicies(answers, sha256),
    watchViolations(ids),
    watchAlerts(ids),
    // Last, so that an event is not known before the others have seen it.
    watchOrder(ids, clocks),
  ]
  return {
    see(recorded) {
      const unreadable = [...again.see(recorded)]
      answers.see(recorded)
      return [...unreadable, ...watches.flatMap(watch => [...watch.see(recorded)])]
    },
    end: () => watches.flatMap(watch => [...watch.end()]),
  }
}
