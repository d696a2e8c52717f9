import {
  canonicalJson,
  erasedText,
  personalFieldsOf,
  unreadableText,
  visitPersonalTexts,
  type EventOf,
  type PersonalText,
  type personErased,
  type StreamName,
} from '@muster/contracts'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { EventStore, NewEvent, RecordedEvent, Write, WriteResult } from '../event-store.ts'
import type { Logger } from '../logger.ts'
import { decryptText, encryptText, keyIdOf, PersonalTextDamaged, type PersonalPlace, type PersonKey } from './cipher.ts'
import { keyRing } from './key-ring.ts'
import type { KeyVault } from './key-vault.ts'
import { mapWrites, peopleIn, textsOf } from './texts-of-events.ts'

/*
 * The log with personal text encrypted in it: a store before a store. Whoever uses it writes and reads clear text; what is stored, hashed and
 * backed up is ciphertext. After an erasure the same events read with `[erased]` in the place of the text, and everything else as it was.
 *
 * An erasure is `person.erased` in the log, and nothing else: whoever sees one, by whatever call, drops the keys at once and has the vault
 * destroy them. So a process that died between the event and the destruction is made good by any other, or by the next start, which goes
 * through all erasures; and so is a vault that came back from a backup.
 *
 * Text of before there were keys stands in the log in clear and reads as it is, until its person is erased: then it reads `[erased]` too,
 * though the log keeps it. What cannot be decrypted for another reason reads `[unreadable]` and is logged: no rule decides by such text, and
 * one damaged comment must not keep the whole log from being read.
 */

export interface PersonalEventStore extends EventStore {
  /** Destroys again what was ever erased. To be done before the store is used. */
  reapplyErasures(): Promise<void>
}

export interface PersonalStoreParts {
  /** The log as it is stored. */
  readonly raw: EventStore
  readonly vault: KeyVault
  readonly logger: Logger
}

type Erased = EventOf<typeof personErased>
const erasure = 'person.erased.v1'

export function personalEventStore({ raw, vault, logger }: PersonalStoreParts): PersonalEventStore {
  const ring = keyRing(vault)
  const erasedPeople = new Set<string>()
  /** Ids of events that were applied: each reader of the log sees each erasure. */
  const applied = new Set<string>()

  async function apply(event: Pick<RecordedEvent, 'id' | 'data'>): Promise<void> {
    if (applied.has(event.id)) return
    const { person, keys } = erasureIn(event)
    erasedPeople.add(person)
    ring.drop(keys)
    await vault.destroy(person, keys)
    applied.add(event.id)
  }

  /** For whoever only passes by: what fails now is done by the next who sees it, at the latest by the next start. */
  async function notice(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      if (event.type !== erasure) continue
      await apply(event).catch((error: unknown) =>
        logger.error({ err: error, event: event.id }, 'the keys of an erased person could not be destroyed yet'),
      )
    }
  }

  async function toClear(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    if (!events.some(({ type }) => personalFieldsOf(type).length > 0)) return events
    await notice(events)
    const parsed = events.map(event => (personalFieldsOf(event.type).length === 0 ? undefined : (JSON.parse(event.data) as unknown)))
    const needed = new Set<string>()
    for (const [index, event] of events.entries())
      visitPersonalTexts(event, parsed[index], ({ personal }) => {
        const id = keyIdOf(personal)
        if (id !== undefined) needed.add(id)
      })
    const keys = needed.size === 0 ? noKeys : await ring.find([...needed])
    return events.map((event, index) => {
      let changed = false
      visitPersonalTexts(event, parsed[index], (text, at) => {
        const clear = clearOf(text, { event: event.id, at, of: text.of }, keys)
        changed ||= clear !== text.personal
        text.personal = clear
      })
      return changed ? { ...event, data: canonicalJson(parsed[index]) } : event
    })
  }

  function clearOf({ personal, of }: PersonalText, place: PersonalPlace, keys: ReadonlyMap<string, PersonKey | 'destroyed'>): string {
    const id = keyIdOf(personal)
    if (id === undefined) return erasedPeople.has(of) ? erasedText : personal
    const key = keys.get(id)
    if (key === 'destroyed') return erasedText
    try {
      if (key !== undefined) return decryptText(key, place, personal)
      logger.error({ event: place.event, at: place.at, key: id }, 'the key of a personal text is not there: restore the table of keys')
    } catch (error) {
      if (!(error instanceof PersonalTextDamaged)) throw error
      logger.error({ err: error, event: place.event, at: place.at }, 'a personal text cannot be decrypted')
    }
    return unreadableText
  }

  /** `instead` gives what stands in the log for a text already, where that is to be written again. */
  function toCipher(
    event: NewEvent,
    keys: ReadonlyMap<string, PersonKey>,
    instead?: (text: PersonalText, at: string) => string | undefined,
  ): NewEvent {
    if (personalFieldsOf(event.type).length === 0) return event
    const data: unknown = JSON.parse(event.data)
    let changed = false
    visitPersonalTexts(event, data, (text, at) => {
      const key = keys.get(text.of)
      if (key === undefined) throw new Error(`the vault gave no key for ${text.of}`)
      text.personal = instead?.(text, at) ?? encryptText(key, { event: event.id, at, of: text.of }, text.personal)
      changed = true
    })
    return changed ? { ...event, data: canonicalJson(data) } : event
  }

  async function append(writes: NonEmpty<Write>): Promise<readonly WriteResult[]> {
    const people = peopleIn(writes)
    if (people.length === 0) return await raw.append(writes)
    const keys = await ring.current(people)
    const results = [...(await raw.append(mapWrites(writes, event => toCipher(event, keys))))]
    for (const [index, result] of results.entries()) {
      const write = writes[index]
      if (result.kind !== 'id-reused' || write === undefined || peopleIn([write]).length === 0) continue
      const again = await asItStands(write, keys)
      const [repeated] = again === undefined ? [] : await raw.append([again])
      if (repeated !== undefined) results[index] = repeated
    }
    return results
  }

  /**
   * A repeat of what was written under a key that was destroyed since, or in clear: its texts as they stand in the log, where they are the
   * same or nobody can know it any more. Whether the rest is the same is for the store to say.
   */
  async function asItStands(write: Write, keys: ReadonlyMap<string, PersonKey>): Promise<Write | undefined> {
    const stored = await raw.read([write.stream])
    const clear = await toClear(stored)
    const [repeated] = mapWrites([write], event => {
      const index = stored.findIndex(({ id }) => id === event.id)
      const [before, read] = [textsOf(stored[index]), textsOf(clear[index])]
      return toCipher(event, keys, ({ personal }, at) => {
        const readNow = read.get(at)
        return readNow === personal || readNow === erasedText ? before.get(at) : undefined
      })
    })
    return repeated
  }

  return {
    ...raw,

    async append(writes) {
      const results = await append(writes)
      for (const [index, { kind }] of results.entries()) {
        if (kind !== 'written' && kind !== 'repeated') continue
        for (const event of writes[index]?.events ?? []) if (event.type === erasure) await apply(event)
      }
      return results
    },

    read: async (streams: NonEmpty<StreamName>, range) => await toClear(await raw.read(streams, range)),
    readLog: async (after, filter, limit) => await toClear(await raw.readLog(after, filter, limit)),

    async *subscribe(after, filter, signal): AsyncGenerator<NonEmpty<RecordedEvent>> {
      for await (const batch of raw.subscribe(after, filter, signal)) {
        const clear = await toClear(batch)
        if (isNonEmpty(clear)) yield clear
      }
    },

    async reapplyErasures() {
      let cursor: string | undefined
      do {
        const batch = await raw.readLog(cursor ?? 'start', { categories: ['person'] }, page)
        const events = batch.filter(({ type }) => type === erasure)
        const standing = await vault.find(events.flatMap(event => erasureIn(event).keys))
        for (const event of events) {
          const { person, keys } = erasureIn(event)
          // Nearly all of them, at nearly every start.
          if (keys.every(key => standing.get(key) === 'destroyed')) erasedPeople.add(person)
          else await apply(event)
        }
        cursor = batch.length < page ? undefined : batch.at(-1)?.cursor
      } while (cursor !== undefined)
    },
  }
}

const page = 1_000
const erasureIn = ({ data }: Pick<RecordedEvent, 'data'>): Erased => JSON.parse(data) as Erased

const noKeys: ReadonlyMap<string, PersonKey> = new Map()
