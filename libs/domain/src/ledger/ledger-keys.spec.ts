import { specify } from '@muster/kernel/testing'
import { describe, it } from 'vitest'
import { ledgerKeys, type AnnounceKeys } from './ledger-keys.ts'

const [one, two] = ['example.org/log+11111111+AZqDPa3e0Y3c', 'example.org/log+22222222+AYkTg0yUDVBB']
const announce = (size: number, ...keys: string[]): AnnounceKeys => ({ type: 'announce-keys', keys, size })
const added = (key: string, from: number) => ({ type: 'ledger.key-added' as const, key, from })
const retired = (key: string, through: number) => ({ type: 'ledger.key-retired' as const, key, through })
const { given } = specify(ledgerKeys)

describe('The keys of a ledger', () => {
  it('begin with one that speaks for every tree', () => given().when(announce(0, one)).then(added(one, 0)))
  it('are recorded once', () => given(added(one, 0)).when(announce(300, one)).thenUnchanged())
  it('overlap while the next one is there and the old one too', () =>
    given(added(one, 0))
      .when(announce(300, one, two))
      .then(added(two, 300)))
  it('end with the largest tree that was signed', () =>
    given(added(one, 0), added(two, 300)).when(announce(500, two)).then(retired(one, 500)))
  it('may follow each other at once', () => given(added(one, 0)).when(announce(300, two)).then(added(two, 300), retired(one, 300)))
  it('never come back', () =>
    given(added(one, 0), added(two, 300), retired(one, 500))
      .when(announce(600, one, two))
      .thenRejected({
        reason: 'key-retired',
        message: `the key ${one} was retired at 500 leaves, and never signs again`,
      }))
})
