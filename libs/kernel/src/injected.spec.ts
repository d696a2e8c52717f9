import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf } from './injected.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

describe('A digest', () => {
  it('names its algorithm and has every hex digit', () =>
    expect(digestOf(sha256, '')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'))

  it('is over UTF-8', () => expect(digestOf(sha256, 'é')).toBe(`sha256:${createHash('sha256').update('é', 'utf8').digest('hex')}`))
})
