import { canonicalJson, type Context } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { event } from '../testing/log.ts'
import { sha256 } from '../testing/naive-tree.ts'
import { contentOf, eventLine, leafOfLine, readEventLine } from './event-line.ts'
import { leafOf, type CommittedEvent } from './leaf.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('"', '\\', ',"id":', '},"data":{', '\n', '\u2028', '😀'),
)
const attributes = fc
  .dictionary(fc.oneof(fc.stringMatching(/^[a-z]{1,9}$/), fc.constantFrom('id', 'type')), text, { maxKeys: 6 })
  .map(fields => fields as unknown as Context)
const content = fc.dictionary(
  text.filter(name => name !== '__proto__'),
  fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 2 })),
  { maxKeys: 4 },
)
const events: fc.Arbitrary<CommittedEvent> = fc.record({
  stream: text,
  revision: fc.nat(),
  id: text,
  type: text,
  recordedtime: text,
  context: attributes,
  data: content.map(canonicalJson),
})

describe('The line of an event', () => {
  it('is canonical JSON of its place and of all that its leaf commits to', () => {
    const { data, ...rest } = event
    expect(eventLine(event, 7)).toBe(canonicalJson({ ...rest, data: JSON.parse(data), index: 7 }))
  })

  it('gives back the event that it was made of, whatever its texts are', () => {
    fc.assert(
      fc.property(events, fc.nat(), (one, index) => {
        const read = readEventLine(eventLine(one, index))
        expect(read).toMatchObject({ ok: true, value: { event: one, index } })
        expect(read.ok && contentOf(read.value)).toEqual(JSON.parse(one.data))
        const leaf = leafOf(sha256, one, index)
        expect(read.ok && leafOfLine(sha256, read.value)).toEqual(leaf.ok && leaf.value.bytes)
      }),
    )
  })

  it('is read in no other form: with any character changed it is another event or none', () => {
    const line = eventLine(event, 7)
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.nat(2), fc.constantFrom('', '0', '"', ',', ' ', '{', '}', 'x', '\\'), (at, taken, put) => {
        const changed = line.slice(0, at) + put + line.slice(at + taken)
        const read = readEventLine(changed)
        if (read.ok) expect(eventLine(read.value.event, read.value.index)).toBe(changed)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['', 'should stand at character 0'],
    ['[]', 'should stand at character 0'],
    ['{}', 'should stand at character 0'],
    [eventLine({ ...event, revision: -1 }, 7), 'not whole numbers'],
    [eventLine({ ...event, data: '[]' }, 7), 'no objects'],
    [eventLine({ ...event, data: '{ }' }, 7), 'data'],
    [eventLine({ ...event, data: '{},"data":{}' }, 7), '"id": should stand'],
    [eventLine({ ...event, data: '{"a":1,"a":1}' }, 7), 'data /a: the key stands here twice'],
    [eventLine({ ...event, data: `{"a":"${'é'.repeat(140_000)}"}` }, 7), 'data has more than'],
    [eventLine(event, 7).replace('"user"', '1'), 'context /authtype is not a text'],
    [`${eventLine(event, 7)} `, 'should end'],
    [eventLine(event, 7).replace('}', ',"z":1}'), ''],
    [`{"context":${'['.repeat(100_000)}`, 'nested deeper'],
    [`"${'x'.repeat(400_000)}"`, 'more than'],
  ])('is refused with a reason otherwise (%#)', (line, why) => {
    const read = readEventLine(line)
    expect(read.ok ? 'taken' : read.message).toContain(why)
    expect(read.ok).toBe(false)
  })
})
