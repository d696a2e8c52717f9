import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { canonicalJson, decodeEvent, fromWireType, type AnyEvent, type LogEntry, type Recorded } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import type { Finding } from './finding.ts'
import { fsckLog } from './fsck.ts'
import { publicationOfLog } from './published.ts'
import { compareRows } from './rows.ts'
import { standingOfLog } from './standing.ts'

/* The log of the tour as a Muster of November 2026 recorded it: it comes out whole, and whatever is changed in it is found. */

const lines = readFileSync(new URL('../../fixtures/german-credit.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
type Log = LogEntry[]
const log = (): Log => lines.map(line => JSON.parse(line))

const recordedOf = ({ context: { specversion: _, ...context }, data, ...place }: LogEntry): Recorded<AnyEvent> => ({
  ...place,
  context,
  event: decodeEvent({ type: fromWireType(context.type) ?? '', data: canonicalJson(data) }),
})

function findingsIn(entries: Log): readonly Finding[] {
  const fsck = fsckLog({ sha256: bytes => createHash('sha256').update(bytes).digest() })
  return [...entries.flatMap(entry => [...fsck.see(recordedOf(entry))]), ...fsck.end()]
}

/** The nth event of a type, to be changed in place. */
// oxlint-disable-next-line typescript/no-explicit-any -- it is spoilt on purpose, whatever its contract says
const nth = (entries: Log, type: string, at = 0): LogEntry & { data: any } => {
  const found = entries.filter(({ context }) => context.type === `dev.muster.${type}.v1`)[at]
  if (found === undefined) throw new Error(`there is no ${type} ${at}`)
  return found
}

/** Without the events, and as if they had never been there: positions and revisions are given anew. */
const renumbered = (entries: Log): Log => {
  const streams = new Map<string, number>()
  return entries.map((entry, index) => {
    const revision = streams.get(entry.stream) ?? 0
    streams.set(entry.stream, revision + 1)
    return { ...entry, revision, position: index + 1 }
  })
}
const without = (entries: Log, isGone: (entry: LogEntry) => boolean): Log => renumbered(entries.filter(entry => !isGone(entry)))
const isOf = (type: string) => (entry: LogEntry) => entry.context.type === `dev.muster.${type}.v1`

describe('A log that nobody touched', () => {
  it('is whole', () => expect(findingsIn(log())).toEqual([]))

  it('is whole up to every event that ends a step', () => {
    const entries = log()
    const asked = entries.findIndex(isOf('deployment.approval-required'))
    for (const end of [0, 10, asked + 1, entries.length]) expect(findingsIn(entries.slice(0, end))).toEqual([])
  })
})

describe('What is found in a log that somebody touched', () => {
  const tampers: readonly [what: string, part: Finding['part'], says: string, tamper: (entries: Log) => Log | void][] = [
    [
      'a fact of evidence',
      'deployments',
      'comes out otherwise',
      entries => void (nth(entries, 'version.evaluated').data.balancedAccuracy = 0.9),
    ],
    [
      'the text of a policy',
      'policies',
      'its document has',
      entries => void (nth(entries, 'policy.published').data.document.title = 'Another'),
    ],
    [
      'the outcome of a rule',
      'deployments',
      'comes out otherwise',
      entries => void (nth(entries, 'deployment.checked').data.rules[0].outcome = 'pass?'),
    ],
    ['the verdict of a check', 'deployments', 'verdict is', entries => void (nth(entries, 'deployment.checked').data.verdict = 'cleared')],
    [
      'the clock of a check',
      'deployments',
      'comes out otherwise',
      entries => void (nth(entries, 'deployment.checked').data.at = '2030-01-01T00:00:00Z'),
    ],
    [
      'the reason of a block',
      'deployments',
      'should follow',
      entries => void (nth(entries, 'deployment.blocked').data.reasons[0].message = 'No.'),
    ],
    [
      'whose artifact was cleared',
      'deployments',
      'artifact',
      entries => void (nth(entries, 'deployment.cleared').data.target.artifact = `sha256:${'0'.repeat(64)}`),
    ],
    [
      'the approval that cleared',
      'deployments',
      'was not granted',
      entries => void (nth(entries, 'deployment.cleared', 0).data.approvalId = 'another.1'),
    ],
    [
      'who signed',
      'approvals',
      'comes out otherwise',
      entries => void (nth(entries, 'approval.signature-refused').data.because = 'no reason'),
    ],
    [
      'in which role somebody signed',
      'approvals',
      'role-not-asked',
      entries => void (nth(entries, 'approval.signed').data.role = 'janitor'),
    ],
    [
      'that somebody signed who did the work',
      'approvals',
      'signed, and may not',
      entries => {
        const signed = nth(entries, 'approval.signed').data
        signed.by = nth(entries, 'approval.requested').data.excluded[0].person
      },
    ],
    ['whom an approval leaves out', 'approvals', 'something else', entries => void (nth(entries, 'approval.requested').data.excluded = [])],
    [
      'what was agreed to',
      'approvals',
      'digest',
      entries => void (nth(entries, 'approval.granted').data.digest = `sha256:${'0'.repeat(64)}`),
    ],
    ['that a policy was reviewed', 'policies', 'as reviewed', entries => void (nth(entries, 'policy.published').data.reviewed = true)],
    [
      'what saw a violation',
      'violations',
      'not in the log',
      entries => void (nth(entries, 'violation.found').data.observed = '00000000-0000-4000-8000-000000000001'),
    ],
    [
      'which roll-out was seen in violation',
      'violations',
      'no roll-out of it at this place',
      entries => void (nth(entries, 'violation.found').data.observed = nth(entries, 'version.registered').id),
    ],
    [
      'which version runs in violation',
      'violations',
      'no roll-out of it at this place',
      entries => void (nth(entries, 'violation.found').data.running.version = '3'),
    ],
    [
      'what an alert is raised for',
      'alerts',
      'not in the log',
      entries => void (nth(entries, 'alert.raised').data.cause = '00000000-0000-4000-8000-000000000001'),
    ],
    [
      'the time of an event',
      'log',
      'is before',
      entries => void (nth(entries, 'model.owner-assigned').recordedtime = '2020-01-01T00:00:00.000Z'),
    ],
    [
      'the id of an event',
      'log',
      'is there twice',
      entries => void (nth(entries, 'model.owner-assigned').id = nth(entries, 'model.registered').id),
    ],
    ['that an event is gone', 'log', 'the revision is', entries => entries.filter(entry => !isOf('model.owner-assigned')(entry))],
    ['that a stream is gone', 'log', 'what stood between is gone', entries => entries.filter(({ stream }) => !stream.startsWith('alert-'))],
    [
      'that two events stand in another order',
      'log',
      'and should be above it',
      entries => {
        const [first, second, ...rest] = entries
        return first === undefined || second === undefined ? entries : [second, first, ...rest]
      },
    ],
    [
      'that a check is gone, and everything counted anew',
      'deployments',
      'no check',
      entries => without(entries, isOf('deployment.checked')),
    ],
    [
      'that a signature is gone, and everything counted anew',
      'approvals',
      'no signature',
      entries => without(entries, isOf('approval.signed')),
    ],
    [
      'that a grant is gone, and everything counted anew',
      'approvals',
      'is not there',
      entries => without(entries, isOf('approval.granted')),
    ],
    [
      'that a question is gone, and everything counted anew',
      'approvals',
      'no deployment and no policy asks',
      entries => without(entries, isOf('deployment.approval-required')),
    ],
    [
      'that an approval is made up, and everything counted anew',
      'approvals',
      'no deployment and no policy asks',
      entries => {
        const asked = nth(entries, 'approval.requested')
        const stream = `${asked.stream.slice(0, -1)}9`
        return renumbered([
          ...entries,
          {
            ...asked,
            stream,
            id: '00000000-0000-4000-8000-000000000002',
            context: { ...asked.context, subject: `${asked.context.subject.slice(0, -1)}9` },
          },
        ])
      },
    ],
    [
      'that what was blocked is cleared afterwards',
      'deployments',
      'after the end',
      entries => {
        const blocked = nth(entries, 'deployment.blocked')
        const cleared = nth(entries, 'deployment.cleared')
        return renumbered([
          ...entries,
          {
            ...cleared,
            stream: blocked.stream,
            id: '00000000-0000-4000-8000-000000000003',
            context: { ...cleared.context, subject: blocked.context.subject },
          },
        ])
      },
    ],
  ]

  it.each(tampers)('%s', (_, part, says, tamper) => {
    const entries = log()
    const found = findingsIn(tamper(entries) ?? entries)
    expect(found.map(finding => finding.part)).toContain(part)
    expect(found.map(({ message }) => message).join('\n')).toContain(says)
  })

  it('says where, what is, and what should be', () => {
    const entries = log()
    const checked = nth(entries, 'deployment.checked')
    checked.data.verdict = 'cleared'
    const [first] = findingsIn(entries)
    expect(first).toMatchObject({ part: 'deployments', stream: checked.stream, revision: checked.revision, position: checked.position })
    expect(first?.message).toBe(
      `${checked.stream}@${checked.revision} (position ${checked.position}): deployment.checked comes out otherwise: verdict is "cleared" and should be "blocked"`,
    )
  })
})

describe('What lists show and topics were told', () => {
  const seen = () => {
    const standing = standingOfLog({ checkResults: true })
    const published = publicationOfLog()
    for (const entry of log()) {
      standing.see(recordedOf(entry))
      published.see(recordedOf(entry))
    }
    return { standing, published }
  }
  const shown = { name: 'the list', key: ['id'], fields: ['id', 'status'] }

  it('is compared with what the log says: what is missing, too much, there twice and otherwise', () => {
    const rows = [...seen().standing.rows('deployments')].map(({ id, status }) => ({ id, status }))
    expect(rows.map(({ status }) => status).toSorted()).toEqual(['blocked', 'cleared', 'cleared'])
    expect(compareRows(shown, rows, seen().standing.rows('deployments'))).toEqual([])
    const [first, second] = rows
    const changed = [{ ...first, status: 'open' }, second, second, { id: 'other', status: 'cleared' }]
    const found = compareRows(
      shown,
      changed.map(row => ({ ...row })),
      seen().standing.rows('deployments'),
    )
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('status is "open" and should be'),
      expect.stringContaining('is shown twice'),
      expect.stringContaining('other is shown, and the log says nothing of it'),
      expect.stringContaining('is not shown'),
    ])
  })

  it('is one row for each thing, whatever happened to it', () => {
    const { standing } = seen()
    expect([...standing.rows('policies')].map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'in-force'))
    expect([...standing.rows('alerts')].map(({ status }) => status).toSorted()).toEqual(['open', 'resolved'])
    expect([...standing.rows('violations')]).toMatchObject([{ kind: 'no-clearance', open: true }])
    expect([...standing.rows('policy-performance')].every(({ checks }) => checks === 3)).toBe(true)
  })

  it('is told once or more, under its id and in its order', () => {
    const { published } = seen()
    const told = log().filter(entry => /deployment\.(?!opened|checked)/.test(entry.context.type))
    const messages = told.map(({ id, context }) => ({ key: context.partitionkey, id }))
    expect(published.compare('muster.decisions', messages)).toEqual([])
    expect(published.compare('muster.decisions', [...messages, ...messages])).toEqual([])
    const said = (heard: typeof messages, cut = false) =>
      published
        .compare('muster.decisions', heard, { cut })
        .map(({ message }) => message)
        .join('\n')
    expect(said(messages.slice(1))).toContain('it was never told of event')
    expect(said(messages.slice(1), true)).toBe('')
    expect(said(messages.toReversed())).toContain('in another order')
    expect(said([...messages, { key: messages[0]?.key ?? '', id: 'x' }])).toContain('which the log does not tell')
    expect(said([...messages, { key: 'of another installation', id: 'x' }])).toBe('')
  })
})
