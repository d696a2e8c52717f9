import { canonicalJson } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { someEvent, someStream } from '@muster/event-store/testing'
import { describe, expect, it } from 'vitest'
import { event } from '../testing/log.ts'
import { hex, sha256 } from '../testing/naive-tree.ts'
import { leafOf, leafText, readLeaf, type CommittedEvent } from './leaf.ts'

const textOf = (one: CommittedEvent, index = 7): string => {
  const leaf = leafOf(sha256, one, index)
  if (!leaf.ok) throw new Error(leaf.message)
  return new TextDecoder().decode(leaf.value.bytes)
}
const digest = (text: string) => `sha256:${hex(sha256(new TextEncoder().encode(text)))}`

describe('A leaf', () => {
  it('is canonical JSON of the place and of two digests, and never changes', () => {
    const { id, type, recordedtime, context, data } = event
    const envelopeHash = digest(canonicalJson({ id, type, recordedtime, context }))
    const leaf = { v: 1, index: 7, stream: 'approval-a1', revision: 3, envelopeHash, dataHash: digest(data) }
    expect(textOf(event)).toBe(canonicalJson(leaf))
    expect(digest(textOf(event))).toBe('sha256:906251b5e432e6746dd3077425f95d909d9dcfd9968977c8a3f8c191b20a1350')
  })

  it('differs when anything of the event differs', () => {
    const changes: CommittedEvent[] = [
      { ...event, stream: 'approval-a2' },
      { ...event, revision: 4 },
      { ...event, id: event.id.replace('6', '7') },
      { ...event, type: 'approval.granted.v2' },
      { ...event, recordedtime: '2026-03-03T09:15:02.201Z' },
      { ...event, data: '{}' },
      { ...event, context: { ...event.context, causationid: 'x' } },
      ...Object.keys(event.context).map(name => ({ ...event, context: { ...event.context, [name]: 'other' } })),
    ]
    const texts = [textOf(event), textOf(event, 8), ...changes.map(one => textOf(one))]
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('is the same on every store: where a store keeps the event is no part of it', () => {
    const stored = { ...event, position: 41, cursor: 'C:41/P:41' }
    expect(textOf(stored)).toBe(textOf(event))
    const { id, ...others } = event.context
    expect(textOf({ ...event, context: { ...others, id } })).toBe(textOf(event))
  })

  it('is that of an event as a store gives it, also of a long one', async () => {
    const store = memoryEventStore({ now: () => '2026-03-03T09:15:02.200Z' })
    const stream = someStream()
    await store.append([{ stream, expected: 'no-stream', events: [someEvent(stream), someEvent(stream, { text: 'é'.repeat(20_000) })] }])
    for (const recorded of await store.readLog('start', {}, 10)) {
      const leaf = leafOf(sha256, recorded, recorded.position - 1)
      expect(leaf.ok && leaf.value.leaf).toMatchObject({ stream, revision: recorded.revision, dataHash: digest(recorded.data) })
    }
  })

  it('is read as it was written, and in no other form', () => {
    const made = leafOf(sha256, { ...event, stream: 'model-"é' }, 7)
    if (!made.ok) throw new Error(made.message)
    const text = leafText(made.value.leaf)
    expect(readLeaf(text)).toEqual({ ok: true, value: made.value.leaf })
    expect(text).toBe(canonicalJson(made.value.leaf))
    for (const other of [
      ` ${text}`,
      text.replace('"v":1', '"v":2'),
      text.replace('"index":7', '"index":7.5'),
      text.replace('"index":7', '"index":-1'),
      text.replace('sha256:', 'sha512:'),
      text.replace('"v":1', '"v":1,"w":1'),
      text.replace('"v":1', '"v":1,"v":1'),
      'null',
      '[]',
      '',
    ])
      expect(readLeaf(other).ok, other).toBe(false)
  })

  it('is refused for content that is not strict, with the place', () => {
    expect(leafOf(sha256, { ...event, data: '{"a":{"b":1,"b":2}}' }, 0)).toMatchObject({
      ok: false,
      message: expect.stringContaining('at approval-a1/3: data /a/b: the key stands here twice'),
    })
    expect(leafOf(sha256, { ...event, context: { ...event.context, authid: '\ud800' } }, 0).ok).toBe(false)
    expect(leafOf(sha256, { ...event, context: { ...event.context, authid: 7 as unknown as string } }, 0)).toMatchObject({
      message: expect.stringContaining('context /authid is not a text'),
    })
    expect(leafOf(sha256, event, 2 ** 53).ok).toBe(false)
  })
})
