import { v5 as uuidV5 } from 'uuid'

/** Namespace of the ids that Muster derives (RFC 9562, version 5). Never change it: it is part of every id. */
const namespace = '6b1f2c1e-6a3b-5a0e-9d5e-3f5f0a1c7d42'

/** For what comes in: the same CloudEvents `source` and `id` is the same event, whoever brings it, however often. */
export const incomingEventId = (source: string, id: string): string => uuidV5(JSON.stringify([source, id]), namespace)

/**
 * For what we derive: the same cause writes the same event to the same place. `index` names the place among all that the cause writes to
 * this stream; `execute` makes it of the command's type and a count, so that two kinds of command with one cause cannot meet.
 */
export const derivedEventId = (cause: string, stream: string, index: number | string): string =>
  uuidV5(JSON.stringify([cause, stream, index]), namespace)
