import { streamName, type ApprovalEvent, type PolicyEvent } from '@muster/contracts'
import { policy, type PolicyState } from '@muster/domain'
import { decode, decodeKnown, type Cursor, type EventStore, type Recorded } from '@muster/event-store'
import { fold, isNonEmpty } from '@muster/kernel'
import { approvalsIn, signaturesOf, type Signatures } from './policy-history.ts'
import { evolveStanding, type Standing } from './policy.view.ts'

/* From the streams themselves: as good as the log, whatever the read models have seen. */

/** Oldest first; empty where there is no such policy. */
export const readHistory = async (store: EventStore, id: string): Promise<readonly Recorded<PolicyEvent>[]> =>
  (await store.read([streamName('policy', id)])).map(event => decode(event) as Recorded<PolicyEvent>)

/** What peers answered to every change of it. */
export async function readSignatures(store: EventStore, history: readonly Recorded<PolicyEvent>[]): Promise<Signatures> {
  const streams = approvalsIn(history).map(id => streamName('approval', id))
  const events = isNonEmpty(streams) ? await store.read(streams) : []
  return signaturesOf(decodeKnown(events) as readonly Recorded<ApprovalEvent>[])
}

export const standingOf = (history: readonly Recorded<PolicyEvent>[]): Standing | undefined =>
  history.reduce<Standing | undefined>(evolveStanding, undefined)

export const readState = async (store: EventStore, id: string): Promise<PolicyState> =>
  fold(
    policy,
    (await readHistory(store, id)).map(({ event }) => event),
  )

const page = 1_000

/** Every policy that was ever drafted or published, by id. */
export async function readCatalogue(store: EventStore): Promise<ReadonlyMap<string, PolicyState>> {
  const catalogue = new Map<string, PolicyState>()
  let after: Cursor | 'start' = 'start'
  for (;;) {
    const events = await store.readLog(after, { categories: ['policy'] }, page)
    for (const recorded of events) {
      const id = decodeURIComponent(recorded.context.subject)
      catalogue.set(id, policy.evolve(catalogue.get(id) ?? policy.initial, decode(recorded).event as PolicyEvent))
    }
    const last = events.at(-1)
    if (last === undefined || events.length < page) return catalogue
    after = last.cursor
  }
}
