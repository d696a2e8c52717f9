import { canonicalJson } from '@muster/contracts'
import {
  cosign,
  digestOfText,
  eventLine,
  leafOf,
  readEventLine,
  signCheckpoint,
  treeHasher,
  writeKey,
  type CommittedEvent,
  type Signer,
} from '@muster/ledger'
import { afterAll, describe, expect, it } from 'vitest'
import { signer } from '../../../ledger/src/testing/log.ts'
import type { Manifest } from '../bundle/manifest.ts'
import {
  bundleOf,
  ledgerOf,
  log,
  nextLog,
  origin,
  sha256,
  trust,
  verified,
  witnesses,
  type Files,
  type Sealing,
} from '../testing/ledger.ts'
import { tour } from '../testing/tour.ts'
import { readPin, type Pin } from './pin.ts'
import type { VerifyOptions } from './verify-bundle.ts'

/*
 * What can be done to a log and to a bundle of it, each done as well as whoever does it can: who holds a bundle changes what it says of itself
 * too, and who runs the log seals what was changed anew, with the log's own key. Nobody has the keys of the witnesses.
 */

const whole = await bundleOf(ledgerOf(tour))
const pin = pinOf(whole)
const part = 'events/000000.ndjson'

/** Somebody who was given a bundle: changes its lines, and the number of events that the manifest says. */
const edited = (edit: (lines: string[]) => string[]): Files => {
  const lines = edit((whole.get(part) ?? '').trimEnd().split('\n'))
  return remade(whole, { events: lines.length }, { [part]: lines.map(line => `${line}\n`).join('') })
}
/** The index of each line is its place again. */
const renumbered = (lines: readonly string[]): string[] => lines.map((line, index) => eventLine(eventIn(line), index))

/** Somebody who runs the log: changes events, gives revisions anew unless told otherwise, and seals all of it with the log's key. */
const resealed = (edit: (events: CommittedEvent[]) => CommittedEvent[], sealing: Sealing = {}): Promise<Files> =>
  bundleOf(ledgerOf(edit([...tour]), { cosigners: [], ...sealing }))

const withRevisions = (events: readonly CommittedEvent[]): CommittedEvent[] => {
  const next = new Map<string, number>()
  return events.map(event => {
    const revision = next.get(event.stream) ?? 0
    next.set(event.stream, revision + 1)
    return { ...event, revision }
  })
}

const at = (type: string, nth = 0): number => {
  const found = tour.flatMap((event, index) => (event.type === `${type}.v1` ? [index] : []))[nth]
  if (found === undefined) throw new Error(`there is no ${type} ${nth}`)
  return found
}
const changed = (index: number, change: (event: CommittedEvent) => CommittedEvent) => (events: CommittedEvent[]) =>
  events.map((event, place) => (place === index ? change(event) : event))
const withText = (from: string, to: string) => (event: CommittedEvent) => {
  const data = event.data.replace(from, to)
  if (data === event.data) throw new Error(`there is no ${from}`)
  return { ...event, data: canonicalJson(JSON.parse(data)) }
}
const withFields = (fields: Readonly<Record<string, unknown>>) => (event: CommittedEvent) => ({
  ...event,
  data: canonicalJson({ ...(JSON.parse(event.data) as object), ...fields }),
})

const note = (size: number, root: Uint8Array, signers: readonly [Signer, ...Signer[]], name = origin): string =>
  signCheckpoint({ origin: name, size, root, extensions: [] }, signers)
const withNotes = (files: Files, edit: (notes: string[]) => string[]): Files =>
  remade(files, {}, { 'checkpoints.json': canonicalJson(edit(notesIn(files))) })
const trusting: Pick<VerifyOptions, 'trust'> = { trust }
const { root } = pin.checkpoint
const other = signer('log', 'other.example/log', 9)
const digestOf = (text: string): string => digestOfText(sha256, text)

interface Tampering {
  readonly name: string
  readonly files: () => Files | Promise<Files>
  /** What the auditor has besides the bundle. */
  readonly auditor?: Partial<VerifyOptions>
  readonly found: RegExp
  readonly verdict?: 'tampered' | 'incomplete'
}

const tamperings: readonly Tampering[] = [
  {
    name: 'a fact is changed in the file',
    files: () => edited(lines => lines.with(at('version.evaluated'), (lines[at('version.evaluated')] ?? '').replace('0.5058', '0.8058'))),
    found: /do not have the root that was signed/,
  },
  {
    name: 'an event is taken out of the middle',
    files: () => edited(lines => lines.toSpliced(39, 1)),
    found: /manifest says 58 events, and gaps.json leaves 59/,
  },
  {
    name: 'an event is taken out of the middle, and all behind it moved up',
    files: () =>
      remade(
        edited(lines => renumbered(lines.toSpliced(39, 1))),
        { size: 58 },
      ),
    found: /do not have the root that was signed|58 leaves, and the newest checkpoint/,
  },
  {
    name: 'the end is cut off, and its checkpoint stays',
    files: () =>
      remade(
        edited(lines => lines.slice(0, 50)),
        { events: 59 },
      ),
    found: /59 events, and 50 are here: the end is cut off/,
    verdict: 'incomplete',
  },
  {
    name: 'the end is cut off together with its checkpoint',
    files: async () => await resealed(events => events.slice(0, 50), { cosigners: witnesses }),
    auditor: { pin },
    found: /59 leaves were signed, and 50 are here: the end was cut off/,
    verdict: 'incomplete',
  },
  {
    name: 'an event is put in',
    files: () => edited(lines => renumbered(lines.toSpliced(40, 0, lines[39] ?? ''))),
    found: /manifest says 60 events|not whole numbers/,
  },
  {
    name: 'an event is put in, and the end cut to fit',
    files: () => edited(lines => renumbered(lines.toSpliced(40, 0, lines[39] ?? '').slice(0, 59))),
    found: /do not have the root that was signed/,
  },
  {
    name: 'two events are swapped',
    files: () => edited(lines => renumbered(lines.with(20, lines[26] ?? '').with(26, lines[20] ?? ''))),
    found: /do not have the root that was signed/,
  },
  {
    name: 'two lines are swapped as they are',
    files: () => edited(lines => lines.with(20, lines[26] ?? '').with(26, lines[20] ?? '')),
    found: /stands where leaf 20 should/,
  },
  {
    name: 'an event is there twice, sealed anew by who runs the log',
    files: () => resealed(events => withRevisions(events.toSpliced(40, 0, events[40] ?? failed()))),
    found: /is there twice/,
  },
  {
    name: 'all history is written anew with the stolen key of the log',
    files: () => resealed(events => withRevisions(events.filter(({ stream }) => !stream.includes('credit-v1')))),
    auditor: { pin },
    found: /do not have the root that was signed|leaves were signed/,
  },
  {
    name: 'all history is written anew, before an auditor who pinned nothing and trusts the witnesses',
    files: () =>
      resealed(
        changed(at('version.documented'), event => ({ ...event, recordedtime: tour[at('version.documented') - 1]?.recordedtime ?? '' })),
      ),
    auditor: trusting,
    found: /has 0 of the 2 witnesses/,
  },
  {
    name: 'one witness is dropped',
    files: () => withNotes(whole, notes => notes.map(text => text.split('\n').toSpliced(-2, 1).join('\n'))),
    auditor: trusting,
    found: /has 1 of the 2 witnesses/,
  },
  {
    name: 'the witness that refuses is played by another key',
    files: () =>
      withNotes(whole, notes =>
        notes.map(text => {
          const lines = text.split('\n').toSpliced(-2, 1).join('\n')
          return lines + cosign(text.slice(0, text.indexOf('\n\n') + 1), 1_000, signer('witness', witnesses[1].key.name, 99))
        }),
      ),
    auditor: trusting,
    found: /has 1 of the 2 witnesses/,
  },
  {
    name: 'the text of a policy is changed',
    files: () => resealed(changed(at('policy.published', 3), withText('0.8', '0.5'))),
    found: /policy-fairness-disparate-impact@0 .*its digest is/,
  },
  {
    name: 'the text of a policy is changed, and its digest with it',
    files: () =>
      resealed(
        changed(at('policy.published', 3), event => {
          const looser = withText('0.8', '0.5')(event)
          const { document } = JSON.parse(looser.data) as { document: unknown }
          return withFields({ digest: digestOf(canonicalJson(document)) })(looser)
        }),
      ),
    found: /deployment-credit-v1@1 .*deployment.checked comes out otherwise/,
  },
  {
    name: 'a fact is changed before it was decided on',
    files: () => resealed(changed(at('version.evaluated'), withText('0.5058', '0.8058'))),
    found: /deployment-credit-v1@1 .*comes out otherwise/,
  },
  {
    name: 'an approval is signed by who asked for the deployment',
    files: () => resealed(changed(at('approval.signed'), event => withText('"by":"ana"', '"by":"rita"')(event))),
    found: /approval-credit-v2.1@2 .*rita signed, and may not/,
  },
  {
    name: 'an approval is granted that nobody signed',
    files: () => resealed(events => withRevisions(events.toSpliced(at('approval.signed'), 1))),
    found: /approval-credit-v2.1@2 .*it was granted, and no signature/,
  },
  {
    name: 'an outcome is changed from blocked to cleared',
    files: () =>
      resealed(
        changed(at('deployment.blocked'), event => {
          const { target, materialDigest } = JSON.parse(event.data) as { target: unknown; materialDigest: unknown }
          const type = 'deployment.cleared.v1'
          return {
            ...event,
            type,
            context: { ...event.context, type: `dev.muster.${type}` },
            data: canonicalJson({ target, materialDigest }),
          }
        }),
      ),
    found: /deployment-credit-v1@2 .*deployment.blocked should follow/,
  },
  {
    name: 'the reasons of an outcome are changed',
    files: () =>
      resealed(changed(at('deployment.blocked'), withFields({ reasons: [{ code: 'no-policy-applies', message: 'Nothing applied.' }] }))),
    found: /deployment-credit-v1@2 .*reasons/,
  },
  {
    name: 'a deployment is cleared without a verdict or a grant',
    files: () =>
      resealed(events => withRevisions(events.filter((_, index) => index < at('approval.requested') || index > at('approval.granted')))),
    found: /deployment-credit-v2@3 .*cleared by credit-v2.1, which was not granted/,
  },
  {
    name: 'an event is dated back',
    files: () => resealed(changed(at('deployment.checked'), event => ({ ...event, recordedtime: '2026-11-01T00:00:00.000Z' }))),
    found: /deployment-credit-v1@1 .*was recorded at 2026-11-01/,
  },
  {
    name: 'an event is dated back in the file',
    files: () => edited(lines => lines.with(10, eventLine({ ...eventIn(lines[10] ?? ''), recordedtime: '2026-11-25T16:50:45.000Z' }, 10))),
    found: /do not have the root that was signed/,
  },
  {
    name: 'somebody else is said to have done it',
    files: () => resealed(changed(at('approval.signed'), event => ({ ...event, context: { ...event.context, authid: 'omar' } }))),
    auditor: { pin },
    found: /do not have the root that was signed/,
  },
  {
    name: 'a revision is given another number',
    files: () => resealed(changed(at('version.evaluated'), event => ({ ...event, revision: 7 }))),
    found: /version-german-credit@1@7 .*the revision is 7 and should be 2/,
  },
  {
    name: 'an event is moved into another stream',
    files: () =>
      resealed(events =>
        withRevisions(changed(at('version.evaluated'), event => ({ ...event, stream: 'version-german-credit@3' }))(events)),
      ),
    found: /stands in the stream of another subject/,
  },
  {
    name: 'a checkpoint is signed with a key that had ended before',
    files: () =>
      bundleOf(
        ledgerOf(tour, {
          keys: [
            { key: log.key, from: 0, through: 30 },
            { key: nextLog.key, from: 31 },
          ],
        }),
      ),
    found: /was not in force for a tree of 59 leaves/,
  },
  {
    name: 'a key is put beside that of the log that nobody knew of',
    files: () =>
      resealed(events => [...events], {
        signers: [nextLog],
        keys: [
          { key: log.key, from: 0 },
          { key: nextLog.key, from: 0 },
        ],
      }),
    auditor: { pin },
    found: /was not known when 59 were verified/,
  },
  {
    name: 'a key is in force for longer than the log says',
    files: () =>
      bundleOf(
        ledgerOf(
          withRevisions(
            [
              { type: 'ledger.key-added.v1', data: { from: 0, key: writeKey(log.key) } },
              { type: 'ledger.key-retired.v1', data: { key: writeKey(log.key), through: 1 } },
            ].map(({ type, data }, index) => ({
              ...(tour[index] ?? failed()),
              stream: 'ledger-here',
              type,
              context: { ...(tour[index] ?? failed()).context, subject: 'here', type: `dev.muster.${type}` },
              data: canonicalJson(data),
            })),
          ),
          { sizes: [2] },
        ),
      ),
    found: /is in force for other sizes than the log says: from 0 through 1/,
  },
  {
    name: 'the key of the log is exchanged',
    files: () => resealed(events => [...events], { signers: [nextLog], keys: [{ key: nextLog.key, from: 0 }] }),
    auditor: trusting,
    found: /is not among those that are trusted/,
  },
  {
    name: 'the checkpoint is that of another log',
    files: () => withNotes(whole, notes => [...notes.slice(0, -1), note(59, root, [other], 'other.example/log')]),
    found: /is of "other.example\/log", and not of "muster.example\/log"/,
  },
  {
    name: 'the root of a checkpoint is changed',
    files: () =>
      withNotes(whole, notes =>
        notes.map(text => text.replace(/^(.*\n20\n)(.)/, (_, front: string, first: string) => front + (first === 'A' ? 'B' : 'A'))),
      ),
    found: /forged, or the checkpoint was changed/,
  },
  {
    name: 'two stories are signed for one size',
    files: () => withNotes(whole, notes => [...notes, note(59, sha256(root), [log])]),
    found: /checkpoint of 59 leaves stands behind that of 59/,
  },
  {
    name: 'an event of a deployment is withheld',
    files: async () => {
      const files = await bundleOf(ledgerOf(tour), { kind: 'deployment', deployment: 'credit-v2' })
      return withheld(files, at('approval.signature-refused'))
    },
    found: /approval-credit-v2.1@2 .*revision 1 is missing/,
  },
  {
    name: 'an event is withheld from a whole log, and what stands for it is put there',
    files: () => withheld(whole, 39),
    found: /what is left out is not what the scope of the manifest says/,
  },
  {
    name: 'white space is put where it changes nothing',
    files: () => edited(lines => lines.with(12, (lines[12] ?? '').replace('"context":{', '"context": {'))),
    found: /line of leaf 12: context a value should stand at character 11/,
  },
  {
    name: 'the file ends in the middle of a line',
    files: () => new Map([...whole, [part, (whole.get(part) ?? '').slice(0, -100)]]),
    found: /cut off in the middle of a line/,
    verdict: 'incomplete',
  },
]

let caught = 0

describe('A bundle that somebody touched', () => {
  it.each(tamperings)('is found: $name', async ({ files, auditor = {}, found, verdict = 'tampered' }) => {
    const report = await verified(await files(), auditor)
    expect(report.findings.map(({ message }) => message).join('\n')).toMatch(found)
    expect(report.verdict).toBe(verdict)
    caught += 1
  })

  afterAll(() => console.log(`${caught} of ${tamperings.length} tamperings found`))
})

describe('A bundle that nobody touched', () => {
  it('is whole from a store whose positions have gaps: a check goes by the event that it names', async () => {
    const elsewhere = await resealed(events =>
      events.map(event =>
        event.type.startsWith('deployment.checked.')
          ? { ...event, data: event.data.replace(/"position":(\d+)/, (_, position: string) => `"position":${position}007`) }
          : event,
      ),
    )
    expect(await verified(elsewhere)).toMatchObject({ verdict: 'whole', findings: [], checks: 3 })
  })

  it.each([
    ['with nothing else at hand', {}],
    ['by who pinned it', { pin }],
    ['by who trusts its keys and witnesses', { trust, pin }],
  ] as const)('is whole, %s', async (_, auditor) =>
    expect(await verified(whole, auditor)).toMatchObject({ verdict: 'whole', findings: [], checks: 3 }),
  )
})

function remade(files: Files, fields: Partial<Manifest>, texts: Readonly<Record<string, string>> = {}): Files {
  const next = new Map([...files, ...Object.entries(texts)])
  const manifest = JSON.parse(next.get('manifest.json') ?? '') as Manifest
  const digests = Object.fromEntries(Object.keys(manifest.digests).map(name => [name, digestOf(next.get(name) ?? '')]))
  return next.set('manifest.json', canonicalJson({ ...manifest, ...fields, digests }))
}

/** The line is left out, and the hash of its leaf stands for it. */
function withheld(files: Files, index: number): Files {
  const lines = (files.get(part) ?? '').trimEnd().split('\n')
  const kept = lines.filter(line => !line.includes(`,"index":${index},`))
  const gaps = JSON.parse(files.get('gaps.json') ?? '') as { begin: number; end: number; hashes: string[] }[]
  const gap = { begin: index, end: index + 1, hashes: [Buffer.from(leafHash(index)).toString('base64')] }
  return remade(
    files,
    { events: kept.length },
    {
      [part]: kept.map(line => `${line}\n`).join(''),
      'gaps.json': canonicalJson([...gaps, gap].toSorted((one, another) => one.begin - another.begin)),
    },
  )
}

function leafHash(index: number): Uint8Array {
  const leaf = leafOf(sha256, tour[index] ?? failed(), index)
  return leaf.ok ? treeHasher(sha256).leaf(leaf.value.bytes) : failed()
}

function notesIn(files: Files): string[] {
  return JSON.parse(files.get('checkpoints.json') ?? '') as string[]
}

function eventIn(line: string): CommittedEvent {
  const read = readEventLine(line)
  return read.ok ? read.value.event : failed()
}

function pinOf(files: Files): Pin {
  const read = readPin(sha256, canonicalJson({ checkpoint: notesIn(files).at(-1), keys: JSON.parse(files.get('keys.json') ?? '') }))
  return read.ok ? read.value : failed()
}

function failed(): never {
  throw new Error('the test is wrong')
}
