import { eventDefinitions, personalFieldsOf, storedType, visitPersonalTexts } from '@muster/contracts'
import { arbitraryOf } from '@muster/contracts/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendOne, eventStoreContract, keyVaultContract, personalTextContract, someEvent, someStream } from '../testing/index.ts'
import { keyIdOf } from './cipher.ts'
import type { NewEvent } from '../event-store.ts'
import { memoryEventStore } from '../memory-event-store.ts'
import { memoryKeyVault } from './key-vault.ts'
import { personalEventStore } from './personal-event-store.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

personalTextContract('memory', async now => memoryEventStore({ now }))

eventStoreContract('memory, with personal text encrypted,', async now =>
  personalEventStore({ raw: memoryEventStore({ now }), vault: memoryKeyVault(), logger: silent }),
)

const vault = memoryKeyVault()
keyVaultContract('memory', async () => vault)

describe('Every event that there is', () => {
  it.each(eventDefinitions.map(definition => [storedType(definition), definition] as const))(
    '%s comes back to the byte',
    (type, { data }) =>
      fc.assert(
        fc.asyncProperty(arbitraryOf<object>(data), async content => {
          const raw = memoryEventStore({ now: () => '2026-03-01T12:00:00.000Z' })
          const store = personalEventStore({ raw, vault: memoryKeyVault(), logger: silent })
          const stream = someStream()
          const plain = someEvent(stream, content)
          const event: NewEvent = { ...plain, type, context: { ...plain.context, authtype: 'user', authid: 'ana' } }
          await appendOne(store, { stream, expected: 'no-stream', events: [event] })
          const [[read], [stored]] = [await store.read([stream]), await raw.read([stream])]
          // An erasure is applied by being written, and so its own reason may be gone.
          if (type !== 'person.erased.v1') expect(read?.data).toBe(event.data)
          visitPersonalTexts(event, JSON.parse(stored?.data ?? ''), ({ personal }) => expect(keyIdOf(personal)).toBeDefined())
          if (personalFieldsOf(type).length === 0) expect(stored?.data).toBe(event.data)
        }),
        { numRuns: 20 },
      ),
  )
})
