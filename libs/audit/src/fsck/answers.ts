import type { AnyEvent, Recorded } from '@muster/contracts'
import { nameIndex } from './name-index.ts'
import { idOf } from './re-performance.ts'

/** What people answered, over which digest, and where in the log: what deployments and policies may go by. */
export interface Answers {
  see(recorded: Recorded<AnyEvent>): void
  positionOf(approvalId: string, digest: string, answer: 'granted' | 'rejected'): number | undefined
}

export function answersOfPeople(): Answers {
  const answered = nameIndex()
  /** By the answer's number. */
  const positions: number[] = []
  return {
    see({ event, context, position }) {
      if (event.type === 'approval.granted' || event.type === 'approval.rejected')
        positions[answered.add(`${event.type.slice('approval.'.length)} ${idOf(context.subject)} ${event.digest}`)] = position
    },
    positionOf: (approvalId, digest, answer) => positions[answered.find(`${answer} ${approvalId} ${digest}`) ?? -1],
  }
}
