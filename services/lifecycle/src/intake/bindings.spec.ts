import { CloudEvent, HTTP, Kafka } from 'cloudevents'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decoded } from './cloud-event.ts'
import { decodeHttp } from './http-binding.ts'
import { decodeKafka } from './kafka-binding.ts'

/* The peer is the SDK of the CloudEvents project: what it writes, we read as it was meant. */

const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter(each => each.trim() === each && !/\p{C}/u.test(each))
const data = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { minKeys: 1 })
const attributes = (value: fc.Arbitrary<string>) =>
  fc.record(
    {
      id: value,
      source: fc.stringMatching(/^\/[A-Za-z0-9._~-]{1,20}$/),
      type: fc.constant('dev.muster.model.registered.v1'),
      subject: value,
      time: fc.constant('2026-03-01T12:00:00.000Z'),
      sequence: fc.stringMatching(/^[0-9]{1,20}$/),
      correlationid: value,
    },
    { requiredKeys: ['id', 'source', 'type', 'time'] },
  )

const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const rawHeaders = (headers: object): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Buffer.from(String(value))]])))
const meant = (event: object, decoded: Decoded | undefined): void => {
  expect(decoded?.event).toMatchObject({ ok: true })
  if (decoded?.event.ok !== true) return
  const { datacontenttype: _, ...rest } = decoded.event.value.attributes
  expect({ ...rest, data: decoded.event.value.data }).toEqual({ specversion: '1.0', ...event })
}
const one = (result: ReturnType<typeof decodeHttp>): Decoded | undefined =>
  result.ok && result.value.kind === 'one' ? result.value.event : undefined

const events = (value: fc.Arbitrary<string>) => fc.tuple(attributes(value), data).map(([named, content]) => ({ ...named, data: content }))

describe('What the CloudEvents SDK writes', () => {
  it('to Kafka in binary mode is read as it was meant', () =>
    fc.assert(
      fc.property(events(text), event => {
        const { headers, value } = Kafka.binary(new CloudEvent({ ...event, datacontenttype: 'application/json' }, false))
        meant(event, decodeKafka({ value: bytesOf(value), rawHeaders: rawHeaders(headers) }))
      }),
    ))

  it('to Kafka in structured mode is read as it was meant', () =>
    fc.assert(
      fc.property(events(text), event => {
        const { headers, value } = Kafka.structured(new CloudEvent(event, false))
        meant(event, decodeKafka({ value: bytesOf(value), rawHeaders: rawHeaders(headers) }))
      }),
    ))

  it('to HTTP in binary mode is read as it was meant', () =>
    fc.assert(
      fc.property(events(fc.stringMatching(/^[A-Za-z0-9._/-]{1,30}$/)), event => {
        const { headers, body } = HTTP.binary(new CloudEvent({ ...event, datacontenttype: 'application/json' }, false))
        const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
        meant(event, one(decodeHttp(sent, bytesOf(body))))
      }),
    ))

  it('to HTTP in structured mode is read as it was meant', () =>
    fc.assert(
      fc.property(events(text), event => {
        const { headers, body } = HTTP.structured(new CloudEvent(event, false))
        meant(event, one(decodeHttp({ 'content-type': String(headers['content-type']) }, bytesOf(body))))
      }),
    ))

  it('as base64 is read as the JSON that it is', () => {
    const event = { specversion: '1.0', id: 'a', source: '/s', type: 't', data_base64: Buffer.from('{"a":1}').toString('base64') }
    const { data_base64: _, ...rest } = event
    meant(
      { ...rest, data: { a: 1 } },
      decodeKafka({ value: bytesOf(event), rawHeaders: rawHeaders({ 'content-type': 'application/cloudevents+json' }) }),
    )
  })
})

describe('Over HTTP', () => {
  const event = { specversion: '1.0', id: 'a', source: '/s', type: 't', data: {} }

  it('a batch is read in its order, as is a list in plain JSON', () => {
    for (const type of ['application/cloudevents-batch+json; charset=utf-8', 'application/json']) {
      const batch = decodeHttp({ 'content-type': type }, bytesOf([event, { ...event, id: 'b' }, 7]))
      expect(batch).toMatchObject({
        ok: true,
        value: { kind: 'batch', events: [{ claimed: { id: 'a' } }, { claimed: { id: 'b' } }, { claimed: {} }] },
      })
    }
  })

  it('one event in plain JSON is read as structured', () =>
    expect(one(decodeHttp({ 'content-type': 'application/json' }, bytesOf(event)))).toMatchObject({
      claimed: { id: 'a' },
      event: { ok: true },
    }))

  it('headers are percent-decoded', () => {
    const headers = { 'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': 'caf%C3%A9', 'ce-source': '/s', 'ce-type': 't' }
    expect(one(decodeHttp(headers, bytesOf({})))).toMatchObject({ claimed: { id: 'café' }, event: { ok: true } })
    expect(one(decodeHttp({ ...headers, 'ce-id': '%E9' }, bytesOf({})))?.event).toMatchObject({
      refusal: { code: 'not-a-cloudevent', path: '/id' },
    })
  })

  it('what is no list is no batch', () =>
    expect(decodeHttp({ 'content-type': 'application/cloudevents-batch+json' }, bytesOf({}))).toMatchObject({
      ok: false,
      refusal: { code: 'not-a-cloudevent' },
    }))
})

describe('Over Kafka', () => {
  const event = { specversion: '1.0', id: 'a', source: '/s', type: 't', data: {} }
  const binary = { ce_specversion: '1.0', ce_id: 'a', ce_source: '/s', ce_type: 't', 'content-type': 'application/json' }
  const refusal = (value: Uint8Array | null, headers: Record<string, string | Uint8Array> = {}) => {
    const decoded = decodeKafka({
      value,
      rawHeaders: Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, Buffer.from(each)])),
    })
    return decoded.event.ok ? undefined : decoded.event.refusal
  }

  it('a value without headers is read as structured', () => expect(refusal(bytesOf(event))).toBeUndefined())

  it('names what is no CloudEvent', () => {
    expect(refusal(null)).toMatchObject({ code: 'not-a-cloudevent' })
    expect(refusal(null, binary)).toMatchObject({ code: 'not-a-cloudevent', path: '/data' })
    expect(refusal(bytesOf([event]), { 'content-type': 'application/cloudevents-batch+json' })).toMatchObject({ code: 'not-a-cloudevent' })
    expect(refusal(bytesOf('hello'), { 'content-type': 'text/plain' })).toMatchObject({ code: 'not-a-cloudevent' })
    expect(refusal(bytesOf({}), { ...binary, ce_id: Uint8Array.of(0xff) })).toMatchObject({
      code: 'not-a-cloudevent',
      message: 'the header ce_id is not UTF-8',
    })
    expect(refusal(bytesOf({ ...event, source: { a: 1 } }))).toMatchObject({ code: 'not-a-cloudevent', path: '/source' })
    expect(refusal(bytesOf({ ...event, data_base64: 'e30=' }))).toMatchObject({ code: 'not-a-cloudevent', path: '/data_base64' })
    expect(refusal(bytesOf({ ...event, data: undefined, data_base64: '?' }))).toMatchObject({
      code: 'not-a-cloudevent',
      path: '/data_base64',
    })
    expect(refusal(bytesOf({ ...event, data: undefined }))).toMatchObject({ code: 'not-a-cloudevent', path: '/data' })
  })

  it('names what is no JSON', () => {
    expect(refusal(bytesOf('{'))).toMatchObject({ code: 'not-json' })
    expect(refusal(bytesOf('<a/>'), { ...binary, 'content-type': 'text/xml' })).toMatchObject({
      code: 'not-json',
      path: '/datacontenttype',
    })
    expect(refusal(bytesOf('{"a":{"b":9007199254740993}}'), binary)).toMatchObject({ code: 'invalid', path: '/data/a/b' })
  })

  it('takes data of the same depth in both modes', () => {
    const nested = (depth: number): string => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1)
    const structured = (depth: number) => bytesOf(`{"specversion":"1.0","id":"a","source":"/s","type":"t","data":${nested(depth)}}`)
    expect([refusal(bytesOf(nested(32)), binary), refusal(structured(32))]).toEqual([undefined, undefined])
    expect([refusal(bytesOf(nested(33)), binary)?.code, refusal(structured(33))?.code]).toEqual(['invalid', 'invalid'])
  })

  it('names what is too large', () => expect(refusal(Buffer.alloc(256 * 1024 + 1, ' '))).toMatchObject({ code: 'too-large' }))

  it('tells what a message says of itself even when it is refused', () => {
    const decoded = decodeKafka({ value: bytesOf({ ...event, subject: 'fraud', time: {} }), rawHeaders: {} })
    expect(decoded).toMatchObject({ claimed: { id: 'a', source: '/s', type: 't', subject: 'fraud' }, event: { ok: false } })
  })
})
