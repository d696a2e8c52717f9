import { describe, expect, it } from 'vitest'
import { pageBelow, pageFrom } from './page.ts'

const page = (rows: readonly number[], limit: number) => pageFrom(rows, limit, row => row, String)

describe('A page of a list', () => {
  it('goes on below its last item', () => {
    const { items, next } = page([9, 7, 4], 2)
    expect(items).toEqual(['9', '7'])
    expect(pageBelow(next)).toBe(7)
  })

  it('is the last one when nothing is left', () => expect(page([9, 7], 2)).toEqual({ items: ['9', '7'] }))

  it('of nothing is empty', () => expect(page([], 2)).toEqual({ items: [] }))

  it('begins at the newest without a cursor', () => expect(pageBelow(undefined)).toBe(Number.MAX_SAFE_INTEGER))

  it('is refused for a cursor that is none of ours', () => {
    for (const cursor of ['', '7', 'nonsense', Buffer.from('p-1').toString('base64url')]) expect(() => pageBelow(cursor)).toThrow('cursor')
  })
})
