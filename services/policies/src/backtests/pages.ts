import type { Cursor, Filter, Position, RecordedEvent } from '@muster/event-store'
import { inPortions } from './portions.ts'
import type { LogReader } from './sandbox.ts'

const page = 1_000

/** Does the work for every event of the log up to and including `through`, in order. @throws the signal's reason when it aborts */
export async function eachEvent(
  log: LogReader,
  filter: Filter,
  through: Position,
  signal: AbortSignal,
  work: (recorded: RecordedEvent) => void,
): Promise<void> {
  let after: Cursor | 'start' = 'start'
  for (;;) {
    signal.throwIfAborted()
    const events = await log.readLog(after, filter, page)
    const wanted = events.filter(({ position }) => position <= through)
    await inPortions(wanted, work)
    const last = events.at(-1)
    if (last === undefined || events.length < page || wanted.length < events.length) return
    after = last.cursor
  }
}
