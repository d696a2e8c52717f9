import type { AnyEvent, Recorded } from '@muster/contracts'
import { findingAt, type Finding, type Watch } from './finding.ts'
import { nameIndex } from './name-index.ts'
import type { SeenIds } from './seen-ids.ts'

/**
 * The order of the log: positions grow, revisions of each stream have no gap, recorded time never goes back, and no id is there twice.
 *
 * A store whose first position is 1 counts without gaps, so there an event that is gone is missed even where its stream is gone with it.
 * `clocks`: with `many`, time is only held to its order within each stream, as KurrentDB promises it where several processes write.
 */
export function watchOrder(ids: SeenIds, clocks: 'one' | 'many'): Watch {
  const streams = orderOfStreams()
  let first: number | undefined
  let last: { position: number; time: number } | undefined

  function* see(recorded: Recorded<AnyEvent>): Generator<Finding> {
    const { stream, revision, position, recordedtime, id } = recorded
    const differs = (message: string): Finding => findingAt('log', recorded, message)
    const time = Date.parse(recordedtime)
    first ??= position
    if (last !== undefined && position <= last.position)
      yield differs(`position ${position} follows ${last.position}, and should be above it`)
    else if (last !== undefined && first === 1 && position !== last.position + 1)
      yield differs(`position ${position} follows ${last.position}, and should be ${last.position + 1}: what stood between is gone`)

    const { next, before } = streams.see(stream, revision, time)
    if (revision !== next) yield differs(revisionDiffers(revision, next))

    const since = clocks === 'one' ? last?.time : before
    if (since !== undefined && time < since) yield differs(timeGoesBack(recordedtime, since))
    if (!ids.add(id)) yield differs(`its id ${id} is there twice, and every event should have its own`)

    last = { position, time }
  }

  return { see, *end() {} }
}

/** What should follow in each stream, and when what is before it there was recorded. */
export interface OrderOfStreams {
  see(stream: string, revision: number, time: number): { readonly next: number; readonly before: number | undefined }
}

export function orderOfStreams(): OrderOfStreams {
  const streams = nameIndex()
  /** By the stream's number: the newest revision, and when that was recorded. */
  const [revisions, times]: [number[], number[]] = [[], []]
  return {
    see(stream, revision, time) {
      const number = streams.add(stream)
      const seen = { next: (revisions[number] ?? -1) + 1, before: times[number] }
      revisions[number] = revision
      times[number] = time
      return seen
    },
  }
}

export const revisionDiffers = (revision: number, next: number): string => `the revision is ${revision} and should be ${next}`
export const timeGoesBack = (recordedtime: string, since: number): string =>
  `it was recorded at ${recordedtime}, which is before ${new Date(since).toISOString()}, when the one before it was`
