import type { Message } from '@muster/bus'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunksOf } from './chunks.ts'

const message: fc.Arbitrary<Message> = fc.record({
  key: fc.option(fc.string()),
  value: fc.option(fc.uint8Array({ maxLength: 400 })),
  headers: fc.dictionary(fc.string(), fc.string()),
})

describe('The chunks of a publish', () => {
  it('hold every message once, in order', () => {
    fc.assert(
      fc.property(message, fc.array(message), (first, rest) => {
        expect([...chunksOf([first, ...rest], 1_000)].flat()).toEqual([first, ...rest])
      }),
    )
  })

  it('stay within the size, but for a message that is larger by itself', () => {
    const sized = (bytes: number): Message => ({ key: null, value: new Uint8Array(bytes), headers: {} })
    const sizes = [...chunksOf([sized(400), sized(400), sized(400), sized(5_000), sized(1)], 1_000)].map(chunk =>
      chunk.map(({ value }) => value?.length),
    )
    expect(sizes).toEqual([[400, 400], [400], [5_000], [1]])
  })
})
