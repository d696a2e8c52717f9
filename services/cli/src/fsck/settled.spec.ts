import type { Finding } from '@muster/audit'
import { describe, expect, it } from 'vitest'
import { settled } from './settled.ts'

const finding = (message: string): Finding => ({ part: 'read-models', message })

describe('What differs while a Muster goes on', () => {
  const settle = async (looks: readonly (readonly string[])[], growth = Infinity, wait?: () => Promise<void>) => {
    let look = 0
    let read = 0
    const found = await settled(
      async () => (looks[Math.min(look++, looks.length - 1)] ?? []).map(finding),
      async () => (read += 1) <= growth,
      wait,
    )
    return { found: found.map(({ message }) => message), read }
  }

  it('is nothing where nothing differed at the first look', async () => expect(await settle([[]])).toEqual({ found: [], read: 0 }))

  it('is not what had just not come yet', async () => expect(await settle([['a', 'b'], ['b'], []])).toEqual({ found: [], read: 2 }))

  it('is not another thing at every look', async () => expect((await settle([['a'], ['b'], ['c']])).found).toEqual([]))

  it('is what differs at the first look where nothing went on since, but for what comes by itself', async () => {
    expect(await settle([['a'], []], 0)).toEqual({ found: ['a'], read: 1 })
    expect((await settle([['a'], []], 0, async () => undefined)).found).toEqual([])
  })

  it('is what differs at each look', async () => expect((await settle([['a', 'b'], ['b', 'c'], ['b']])).found).toEqual(['b']))
})
