import { describe, expect, it } from 'vitest'
import { history } from '../testing/history.ts'
import { ledgerOf, nextLog, sha256, take, verify } from '../testing/ledger.ts'
import type { CommittedEvent } from '@muster/ledger'
import { sealedLog } from './sealed.ts'

const events = take(history(3), 40).map(({ event }) => event)

/** What is found when the log has these events, and the ledger was made of those. */
async function found(log: readonly CommittedEvent[], source: ReturnType<typeof ledgerOf>): Promise<readonly string[]> {
  const sealed = sealedLog({ sha256, verify })
  for (const event of log) sealed.see(event)
  const notes: string[] = []
  for await (const note of source.checkpoints()) notes.push(note)
  const findings = [...sealed.checkpoints(notes, await source.keys())]
  const lines: string[] = []
  for await (const line of source.lines({ begin: 0, end: log.length })) lines.push(line)
  findings.push(...sealed.lines(lines), ...sealed.end())
  return findings.map(({ message }) => message)
}

describe('The ledger beside the log', () => {
  it('is whole where each leaf is of the event that stands there, and every checkpoint has their root', async () =>
    expect(await found(events, ledgerOf(events))).toEqual([]))

  it('differs where the log has another event', async () => {
    const [first, second, ...rest] = events as [CommittedEvent, CommittedEvent, ...CommittedEvent[]]
    expect(await found([second, first, ...rest], ledgerOf(events))).toEqual([
      `leaf 0 is of ${first.stream}@${first.revision}, and the log has another event there`,
      `leaf 1 is of ${second.stream}@${second.revision}, and the log has another event there`,
    ])
  })

  it('differs where a leaf was changed behind its checkpoint', async () => {
    const changed = events.map((event, place) => (place === 3 ? { ...event, recordedtime: '2030-01-01T00:00:00.000Z' } : event))
    const source = { ...ledgerOf(events), lines: ledgerOf(changed).lines }
    expect(await found(events, source)).toEqual([
      expect.stringMatching(/do not have the root that was signed/),
      expect.stringMatching(/do not have the root that was signed/),
    ])
  })

  it('differs where its end is gone, and where another key signed', async () => {
    const source = ledgerOf(events)
    expect(await found(events, { ...source, lines: span => source.lines({ ...span, end: span.end - 1 }) })).toEqual([
      expect.stringMatching(/the end was cut off/),
    ])
    expect((await found(events, ledgerOf(events, { signers: [nextLog] }))).every(message => message.includes('no key that is known'))).toBe(
      true,
    )
  })
})
