import type { LogEntry } from '@muster/contracts'
import type { RecordedEvent } from '@muster/event-store'

/** As it is recorded: in the version that it was written in, for readers outside know contracts by their versions. */
export const logEntry = ({ position, id, stream, revision, recordedtime, context, data }: RecordedEvent): LogEntry => ({
  position,
  id,
  stream,
  revision,
  recordedtime,
  context: { specversion: '1.0', ...context },
  data: JSON.parse(data),
})
