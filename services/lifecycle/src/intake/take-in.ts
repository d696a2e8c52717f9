import type { EventStore } from '@muster/event-store'
import type { Claimed, Decoded } from './cloud-event.ts'
import { incomingOf, type Bringer, type Incoming } from './incoming.ts'
import { recordAll, type Verdict } from './recording.ts'
import { refuse, type Result } from './refusal.ts'

/** The one way in: whatever was decoded, by whichever door it came. What came together is recorded by one look and one append. */
export async function takeIn(
  store: EventStore,
  at: string,
  decoded: readonly Decoded[],
  { whole = false, ...bringer }: Bringer & { readonly whole?: boolean } = {},
): Promise<Taken[]> {
  const read = decoded.map(({ event }) => (event.ok ? incomingSafely(event.value, at, bringer) : event))
  const incoming = read.flatMap(result => (result.ok ? [result.value] : []))
  const verdicts = await recordAll(store, incoming, { whole, spoiled: incoming.length < read.length })
  const verdictOf = new Map(incoming.map((item, index) => [item, verdicts[index]]))
  return read.map((result, index): Taken => {
    const claimed = decoded[index]?.claimed ?? {}
    if (!result.ok) return { claimed, verdict: { kind: 'refused', refusal: result.refusal } }
    // Each has its verdict in the same place.
    return { claimed, verdict: verdictOf.get(result.value) as Verdict }
  })
}

export interface Taken {
  readonly claimed: Claimed
  readonly verdict: Verdict
}

/** A message that our own code stumbles over is refused like any other that we cannot read: it must not stop those behind it. */
function incomingSafely(...args: Parameters<typeof incomingOf>): Result<Incoming> {
  try {
    return incomingOf(...args)
  } catch (error) {
    return refuse('invalid', `this release cannot read the event: ${error instanceof Error ? error.message : String(error)}`)
  }
}
