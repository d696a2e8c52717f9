import type { EventOf, Personal, QuarantineEvent, quarantineEntered } from '@muster/contracts'
import { record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'

/*
 * Quarantine: one message that was not taken, known by the digest of its bytes.
 * Stream `quarantine-<sha256>`: entered and released, any number of times: the same bytes may come again after a person discarded them.
 *
 * While it is in quarantine, the same bytes change nothing, however often they come: the log has one entry, and the count of their comings
 * is kept beside the bytes.
 */

type EnterQuarantine = { type: 'enter-quarantine' } & Omit<EventOf<typeof quarantineEntered>, 'type'>
type ReleaseMessage = { type: 'release-message'; outcome: 'replayed' | 'discarded'; reason: Personal }
export type QuarantineCommand = EnterQuarantine | ReleaseMessage

export type QuarantineRejection = 'not-found' | 'already-released'

export type QuarantineState =
  | { readonly status: 'none' | 'quarantined' }
  | { readonly status: 'released'; readonly outcome: 'replayed' | 'discarded' }

function release({ outcome, reason }: ReleaseMessage, state: QuarantineState): Decision<QuarantineEvent, QuarantineRejection> {
  switch (state.status) {
    case 'none':
      return reject('not-found')
    case 'released':
      return state.outcome === outcome ? unchanged : reject('already-released')
    case 'quarantined':
      return record({ type: 'quarantine.released', outcome, reason })
  }
}

function evolve(_: QuarantineState, event: QuarantineEvent): QuarantineState {
  switch (event.type) {
    case 'quarantine.entered':
      return { status: 'quarantined' }
    case 'quarantine.released':
      return { status: 'released', outcome: event.outcome }
  }
}

export const quarantine: Decider<QuarantineCommand, QuarantineState, QuarantineEvent, QuarantineRejection> = {
  category: 'quarantine',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'enter-quarantine': {
        const { type: _, ...entered } = command
        return state.status === 'quarantined' ? unchanged : record({ type: 'quarantine.entered', ...entered })
      }
      case 'release-message':
        return release(command, state)
    }
  },
}
