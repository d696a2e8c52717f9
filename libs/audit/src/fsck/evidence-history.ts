import type { AnyEvent, Recorded } from '@muster/contracts'
import { restingStates, type Rest } from './resting.ts'
import { foldEvidence, isEvidenceStream, noEvidence, type StreamEvidence } from '@muster/domain'

/*
 * What the streams of evidence said as of a position that lies a little back: a check names the event that it took into account last, and is
 * recorded behind others. States are kept, not events, and share what did not change. Of those that are more than `reach` events old, each
 * stream keeps the newest only, so that memory is bounded by the streams and the reach, and not by the length of the log.
 */

export interface EvidenceHistory {
  see(recorded: Recorded<AnyEvent>): void
  /** `gone`: it lies further back than is kept. */
  at(stream: string, position: number): StreamEvidence | 'gone'
}

interface Stood {
  readonly position: number
  readonly ordinal: number
  readonly state: StreamEvidence
}

export function evidenceHistory(rest?: Rest, reach = 250_000): EvidenceHistory {
  const streams = restingStates<{ states: Stood[]; cut: boolean }>(rest)
  let ordinal = 0
  return {
    see(recorded) {
      ordinal += 1
      const { stream, position } = recorded
      if (!isEvidenceStream(stream)) return
      const known = streams.get(stream) ?? { states: [], cut: false }
      const state = foldEvidence(known.states.at(-1)?.state ?? noEvidence(stream), recorded)
      known.states.push({ position, ordinal, state })
      // The one in front stands until the next one does, so it goes when that one is out of reach.
      let gone = 0
      while ((known.states[gone + 1]?.ordinal ?? Infinity) <= ordinal - reach) gone += 1
      if (gone > 0) {
        known.states.splice(0, gone)
        known.cut = true
      }
      streams.set(stream, known)
    },
    at(stream, position) {
      const known = streams.get(stream)
      const stood = known?.states.findLast(state => state.position <= position)
      if (stood !== undefined) return stood.state
      return known?.cut === true ? 'gone' : noEvidence(stream)
    },
  }
}
