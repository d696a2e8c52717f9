import {
  compareRows,
  fsckLog,
  publicationOfLog,
  sealedLog,
  standingOfLog,
  toldTopics,
  type Finding,
  type SealedLog,
  type ToldTopic,
} from '@muster/audit'
import { UnknownEventType, type LogEntry } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { httpLedger } from '../export/http-ledger.ts'
import { Failure } from '../failure.ts'
import { readLog } from '../log/log.ts'
import { sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { httpLists } from './lists.ts'
import { recordedOf } from './recorded.ts'
import { settled } from './settled.ts'

/*
 * A running Muster, checked from outside: its log is read from the beginning, everything is derived again from it, and then what it shows and
 * what it told is compared with that. Nothing is written, and nothing but the log is believed.
 */

export interface FsckReport {
  readonly verdict: 'whole' | 'differs' | 'incomplete'
  /** How many events were read, and where the log stood then. */
  readonly events: number
  readonly position: number
  readonly checked: readonly string[]
  /** What could not be looked at, and why. */
  readonly unchecked: readonly string[]
  readonly differences: number
  /** The first of them. */
  readonly findings: readonly Finding[]
}

/** What a topic holds by now. */
export interface Heard {
  messages(
    topic: ToldTopic,
  ): Promise<{ readonly messages: readonly { readonly key: string; readonly id: string }[]; readonly cut: boolean }>
}

export interface FsckParts {
  readonly client: Client
  readonly heard?: Heard | undefined
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (text: string) => void
}

const mostFindings = 10_000
const between = 500

export async function fsck({ client, heard, sleep, onFinding, onProgress }: FsckParts): Promise<FsckReport> {
  const findings: Finding[] = []
  const checked: string[] = []
  const unchecked: string[] = []
  let differences = 0
  const note = (found: readonly Finding[]): void => {
    for (const finding of found) {
      differences += 1
      if (findings.length < mostFindings) findings.push(finding)
      onFinding(finding)
    }
  }

  const first = (await client.get<{ readonly items: readonly LogEntry[] }>('/v1/log', { limit: 1 })).body.items[0]
  // A store that counts from 1 without gaps has one clock; another may have one for each process that writes.
  const log = fsckLog({ sha256, clocks: first === undefined || first.position === 1 ? 'one' : 'many' })
  const standing = standingOfLog()
  const published = publicationOfLog()
  const sealed = sealedLog({ sha256, verify: verifyEd25519 })
  let position = 0
  let events = 0
  const readOn = async (): Promise<boolean> => {
    const before = events
    for await (const entry of readLog(client, position, {})) {
      const recorded = recordedIn(entry)
      note(log.see(recorded))
      standing.see(recorded)
      published.see(recorded)
      sealed.see(recorded)
      position = entry.position
      events += 1
      if (events % 20_000 === 0) onProgress(`${events.toLocaleString('en')} events read, up to position ${position}`)
    }
    return events > before
  }

  const lookAt = async (name: string, look: () => Promise<void>): Promise<void> => {
    try {
      await look()
      checked.push(name)
    } catch (error) {
      // Such as a list that has not caught up in time. Without leave to look there is no use in going on.
      if (!(error instanceof Failure) || error.exitCode === exit.notAuthorised) throw error
      unchecked.push(`${name}: ${error.message}`)
    }
  }

  await readOn()
  checked.push('log')
  onProgress(`the log was read up to position ${position}; now what is shown of it`)
  for (const list of httpLists)
    await lookAt(list.name, async () =>
      note(await settled(async () => compareRows(list, await list.read(client, position), standing.rows(list.list)), readOn)),
    )
  await lookAt('ledger', () => checkLedger(client, sealed, sleep, note))
  if (heard !== undefined)
    for (const topic of toldTopics)
      await lookAt(`topic ${topic}`, async () => {
        const differences = async (): Promise<readonly Finding[]> => {
          const { messages, cut } = await heard.messages(topic)
          return published.compare(topic, messages, { cut })
        }
        note(await settled(differences, readOn, () => sleep(between)))
      })
  note(log.end())
  const verdict = differences > 0 ? 'differs' : unchecked.length > 0 ? 'incomplete' : 'whole'
  return { verdict, events, position, checked, unchecked, differences, findings }
}

/** An event is signed at the latest five seconds after it was recorded. */
const mostLooks = 30

async function checkLedger(
  client: Client,
  sealed: SealedLog,
  sleep: FsckParts['sleep'],
  note: (found: readonly Finding[]) => void,
): Promise<void> {
  const source = httpLedger(client)
  const expected = sealed.size()
  if (expected === 0) return
  for (let look = 1; ; look += 1) {
    const notes: string[] = []
    for await (const signed of source.checkpoints()) notes.push(signed)
    const size = Number(notes.at(-1)?.split('\n')[1] ?? 0)
    if (size < expected && look < mostLooks) {
      await sleep(between)
      continue
    }
    if (size < expected) throw new Failure(`${size} events are signed, and the log has ${expected}: it does not keep up`, exit.pending)
    note(sealed.checkpoints(notes, await source.keys()))
    const lines: string[] = []
    for await (const line of source.lines({ begin: 0, end: size })) if (lines.push(line) === 1_000) note(sealed.lines(lines.splice(0)))
    note(sealed.lines(lines))
    return note(sealed.end())
  }
}

function recordedIn(entry: LogEntry) {
  try {
    return recordedOf(entry)
  } catch (error) {
    if (!(error instanceof UnknownEventType)) throw error
    throw new Failure(`${entry.stream}@${entry.revision}: ${error.message}: check with the release that runs there`, exit.pending)
  }
}
