import type { Write, WriteResult } from '@muster/event-store'
import { someEvent, someStream } from '@muster/event-store/testing'
import type { NonEmpty } from '@muster/kernel'
import { describe, expect, it } from 'vitest'
import { groupCommit } from './group-commit.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

/** Groups stay under way until they are answered by hand. */
function groupsByHand() {
  const groups: { readonly streams: readonly string[]; answer(): Promise<unknown> }[] = []
  const { append } = groupCommit(
    writes =>
      new Promise(resolve => {
        const results = writes.map((_, n): WriteResult => ({ kind: 'written', revision: n, position: n + 1 }))
        groups.push({
          streams: writes.map(({ stream }) => stream),
          async answer() {
            resolve(results)
            await turn()
            await turn()
          },
        })
      }),
  )
  const send = (...streams: NonEmpty<ReturnType<typeof someStream>>): void => {
    const [first, ...rest] = streams.map((stream): Write => ({ stream, expected: 'no-stream', events: [someEvent(stream)] }))
    if (first !== undefined) void append([first, ...rest])
  }
  return { groups, send }
}

describe('Appends that wait', () => {
  it('for a stream that is being written let others pass, and nobody passes them on their own streams', async () => {
    const { groups, send } = groupsByHand()
    const [busy, other, free] = [someStream(), someStream(), someStream()]
    send(busy)
    await turn()
    send(busy, other)
    send(other)
    send(free)
    await turn()
    expect(groups.map(({ streams }) => streams)).toEqual([[busy], [free]])
    await groups[0]?.answer()
    expect(groups[2]?.streams).toEqual([busy, other, other])
  })

  it('go in two halves where nothing is under way, and as one behind what is', async () => {
    const { groups, send } = groupsByHand()
    for (let n = 0; n < 40; n += 1) send(someStream())
    await turn()
    expect(groups.map(({ streams }) => streams.length)).toEqual([20, 20])
    for (let n = 0; n < 30; n += 1) send(someStream())
    await groups[0]?.answer()
    expect(groups.map(({ streams }) => streams.length)).toEqual([20, 20, 30])
  })
})
