import type { KafkaMessage } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { receivedFrom } from './received.ts'

const received = (message: Pick<Partial<KafkaMessage>, 'timestamp' | 'headers'>) =>
  receivedFrom('muster.lifecycle', 3, {
    key: null,
    value: null,
    timestamp: '0',
    attributes: 0,
    offset: '9007199254740993',
    headers: {},
    ...message,
  })

describe('A message that anybody may have written', () => {
  it('keeps an offset beyond what a number holds', () => {
    expect(received({}).offset).toBe('9007199254740993')
  })

  it('keeps the bytes of a header that is not UTF-8, beside the text that can be read', () => {
    const bytes = Buffer.from([0x61, 0xff, 0xfe])
    const { headers, rawHeaders } = received({ headers: { name: bytes } })
    expect(headers).toEqual({ name: 'a\uFFFD\uFFFD' })
    expect(rawHeaders).toEqual({ name: bytes })
  })

  it('takes the last of a header that comes twice, and an empty one that has no value', () => {
    const { headers } = received({ headers: { twice: [Buffer.from('1'), Buffer.from('2')], none: undefined } })
    expect(headers).toEqual({ twice: '2', none: '' })
  })

  it('reads a header that is called like a property of every object', () => {
    const strange = Object.fromEntries([
      ['constructor', [Object, Buffer.from('a')]],
      ['__proto__', [Object.prototype, Buffer.from('b')]],
    ]) as unknown as NonNullable<KafkaMessage['headers']>
    expect(Object.entries(received({ headers: strange }).headers)).toEqual([
      ['constructor', 'a'],
      ['__proto__', 'b'],
    ])
  })

  it.each([
    ['1700000000000', '2023-11-14T22:13:20.000Z'],
    ['-1', '1969-12-31T23:59:59.999Z'],
    ['9223372036854775807', '9999-12-31T23:59:59.999Z'],
    ['-9223372036854775808', '0000-01-01T00:00:00.000Z'],
    ['soon', '1970-01-01T00:00:00.000Z'],
  ])('has a time that RFC 3339 can write, for %s', (timestamp, time) => {
    expect(received({ timestamp }).timestamp).toBe(time)
  })
})
