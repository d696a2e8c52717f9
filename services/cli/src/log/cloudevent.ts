import type { LogEntry } from '@muster/contracts'

/**
 * An event of the log as CloudEvents 1.0 in structured mode. Extensions are strings: `position`, `stream` and `revision` say where it stands,
 * `eventid` is what other events name as their cause, and the rest is as it was recorded.
 */
export const cloudEventOf = ({ position, id, stream, revision, recordedtime, context, data }: LogEntry): object => ({
  ...context,
  datacontenttype: 'application/json',
  recordedtime,
  position: String(position),
  stream,
  revision: String(revision),
  eventid: id,
  data,
})
