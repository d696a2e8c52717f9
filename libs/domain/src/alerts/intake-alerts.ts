import { streamName, type ParkingEvent, type QuarantineEvent, type Recorded, type Severity } from '@muster/contracts'
import type { AlertAction, WatchedEvent } from './watched.ts'

/* Alerts about what was not taken, and what could not be processed. */

export function quarantined(
  recorded: Recorded<WatchedEvent>,
  { reason, topic, claimed }: Extract<QuarantineEvent, { type: 'quarantine.entered' }>,
): AlertAction {
  const subject = streamName('quarantine', recorded.context.subject)
  const severity: Severity = reason.code === 'conflicting-digest' || reason.code === 'id-reused' ? 'high' : 'medium'
  return {
    kind: 'raise',
    key: { kind: 'quarantined', subject },
    alert: {
      kind: 'quarantined',
      subject,
      cause: recorded.id,
      severity,
      title: `A message from ${topic} was quarantined (${reason.code}): ${reason.message}`,
      values: {
        ...claimed,
        ...(reason.path !== undefined && { path: reason.path }),
      },
      datasets: [],
      remediation: { steps: ['Read the message and its reason.', 'Mend the sender; then replay it, or discard it with a reason.'] },
      links: [
        {
          title: 'The message',
          href: `/v1/quarantine/${recorded.context.subject}`,
        },
      ],
    },
  }
}

export function parked(
  recorded: Recorded<WatchedEvent>,
  { reason, position, event }: Extract<ParkingEvent, { type: 'parking.entered' }>,
): AlertAction {
  return {
    kind: 'raise',
    key: { kind: 'parked', subject: recorded.stream },
    alert: {
      kind: 'parked',
      subject: recorded.stream,
      cause: recorded.id,
      severity: 'high',
      title: `${recorded.context.subject} is parked at position ${position}: ${reason}`,
      values: {
        position,
        event,
      },
      datasets: [],
      remediation: { steps: ['Mend what the reason names.', 'Retry the key; what waits behind it follows in order.'] },
      links: [
        {
          title: 'What is parked',
          href: '/v1/parked',
        },
      ],
    },
  }
}
