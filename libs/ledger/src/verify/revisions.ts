import { passed, refuse, type Result } from '../result.ts'

/*
 * Whether each stream's revisions follow one another without a gap: what a tree cannot show by itself, since a log that left an event out
 * before it was sealed has a perfect tree. Memory grows with the streams, not with the events.
 */

export interface Revisions {
  next(stream: string, revision: number): Result<undefined>
}

/** `complete`: from the first event of the log, so that every stream begins with revision 0. In a part of it a stream begins anywhere. */
export function followRevisions({ complete }: { readonly complete: boolean }): Revisions {
  const last = new Map<string, number>()
  return {
    next(stream, revision) {
      const before = last.get(stream)
      const expected = before === undefined ? (complete ? 0 : revision) : before + 1
      // Told once: what follows is measured by what is there.
      last.set(stream, revision)
      if (revision === expected) return passed
      const what = revision > expected ? `revision ${expected} is missing` : `revision ${revision} comes again`
      return refuse(`in ${stream} ${what}`)
    },
  }
}
