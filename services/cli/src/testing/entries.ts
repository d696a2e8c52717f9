import type { LogEntry } from '@muster/contracts'

/** The nth event of a log. */
export const entryAt = (position: number, rest: Partial<LogEntry> = {}): LogEntry => ({
  position,
  id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
  stream: 'model-credit',
  revision: position - 1,
  recordedtime: '2026-11-01T00:00:00.000Z',
  context: {
    specversion: '1.0',
    id: `sent-${position}`,
    source: '/pipelines/credit',
    type: 'dev.muster.model.owner-assigned.v1',
    subject: 'credit',
    partitionkey: 'credit',
    time: '2026-11-01T00:00:00.000Z',
    correlationid: `sent-${position}`,
  },
  data: { owner: `group:${position}` },
  ...rest,
})
