import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesOf } from './batches.ts'
import { readEvents } from './events.ts'

describe('A file of events', () => {
  it('holds one a line, each sent as it is written', () => {
    const events = readEvents('{"id":"a","n":1.0}\r\n\n  {"id":"b"}\n', 'x.ndjson')
    expect(events).toEqual([
      { at: 'x.ndjson:1', text: '{"id":"a","n":1.0}' },
      { at: 'x.ndjson:3', text: '{"id":"b"}' },
    ])
  })

  it('may be one JSON document with a list, or with one event', () => {
    expect(readEvents('[\n {"id":"a"},\n {"id":"b"}\n]', 'x.json').map(({ at }) => at)).toEqual(['x.json[0]', 'x.json[1]'])
    expect(readEvents('{\n "id": "a"\n}', 'x.json')).toEqual([{ at: 'x.json', text: '{"id":"a"}' }])
    expect(readEvents('[{"id":"a"}]', 'x.json')).toHaveLength(1)
  })

  it('names the line that is none', () =>
    expect(() => readEvents('{"id":"a"}\nnope\n', 'x.ndjson')).toThrow(/x\.ndjson:2 is not a JSON object/))

  it('may be empty', () => expect(readEvents('\n', 'x.ndjson')).toEqual([]))
})

describe('Batches', () => {
  it('hold every event once, in order, within the limits of the server', () => {
    const limits = { events: 5, bytes: 200 }
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 })), texts => {
        const events = texts.map((text, index) => ({ at: String(index), text: JSON.stringify({ text }) }))
        const batches = batchesOf(events, limits)
        expect(batches.flat()).toEqual(events)
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.length).toBeLessThanOrEqual(limits.events)
          const body = `[${batch.map(({ text }) => text).join(',')}]`
          // One event that is too large goes alone: the server says so.
          if (batch.length > 1) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(limits.bytes)
        }
      }),
    )
  })
})
