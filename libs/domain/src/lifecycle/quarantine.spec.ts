import { decodeEvent, encodeEvent, type QuarantineEvent } from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { quarantine, type QuarantineCommand } from './quarantine.ts'

const { given } = specify(quarantine)
const message = { reason: { code: 'not-json', message: 'the bytes are not UTF-8' }, topic: 'muster.lifecycle', claimed: {} } as const
const reason = { personal: 'The sender was mended.', of: 'omar' }
const entered: QuarantineEvent = { type: 'quarantine.entered', ...message }
const released = (outcome: 'replayed' | 'discarded'): QuarantineEvent => ({ type: 'quarantine.released', outcome, reason })
const enter: QuarantineCommand = { type: 'enter-quarantine', ...message }
const release = (outcome: 'replayed' | 'discarded'): QuarantineCommand => ({ type: 'release-message', outcome, reason })

describe('A message in quarantine', () => {
  it('is entered once, however often its bytes come', () => {
    given().when(enter).then(entered)
    given(entered).when(enter).thenUnchanged()
  })

  it('leaves by being replayed or discarded, and a retry of that changes nothing', () => {
    given(entered).when(release('replayed')).then(released('replayed'))
    given(entered, released('discarded')).when(release('discarded')).thenUnchanged()
  })

  it('cannot be discarded after it was replayed', () =>
    given(entered, released('replayed')).when(release('discarded')).thenRejected('already-released'))

  it('that was never there cannot be released', () => given().when(release('discarded')).thenRejected('not-found'))

  it('is entered again when its bytes come again after it left', () => given(entered, released('discarded')).when(enter).then(entered))

  describe('obeys the laws', () => {
    obeysTheLaws(
      quarantine,
      fc.constantFrom(enter, release('replayed'), release('discarded')),
      // What the decider recorded comes back as one of its own events.
      event => decodeEvent(encodeEvent(event)) as QuarantineEvent,
    )
  })
})
