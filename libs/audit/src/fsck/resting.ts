import { nameIndex } from './name-index.ts'

/*
 * States by stream, of which only those that were asked for lately are in memory: the others rest where they are put, such as in a file. A log is
 * about many more things than it speaks of at any one time, so that a million events need little more memory than a thousand.
 */

/** What is put there comes back as an equal value: plain data, maps and sets. */
export interface Rest {
  put(value: unknown): number
  get(place: number): unknown
}

export interface States<State> {
  get(stream: string): State | undefined
  set(stream: string, state: State): void
}

/** Without a place to rest all of them stay. */
export function restingStates<State>(rest?: Rest, awake = 128): States<State> {
  const near = new Map<string, { state: State; changed: boolean }>()
  const resting = nameIndex()
  /** To put four takes little longer than to put one. */
  const together = Math.ceil(awake / 32)
  /** By the stream's number: where it was put, and as which of those that were put together. */
  const places: number[] = []

  /** Events of one stream often follow one another. */
  let newest: { readonly stream: string; readonly one: { state: State; changed: boolean } } | undefined

  function keep(stream: string, state: State, changed: boolean): void {
    if (newest?.stream === stream) {
      Object.assign(newest.one, { state, changed })
      return
    }
    const one = { state, changed }
    newest = { stream, one }
    near.delete(stream)
    near.set(stream, one)
    if (rest !== undefined && near.size > awake) putOldest(rest)
  }

  function putOldest({ put }: Rest): void {
    const changed: (readonly [stream: string, state: State])[] = []
    // A map keeps the order in which its keys came: the first was not asked for the longest.
    for (const [stream, idle] of near) {
      near.delete(stream)
      if (idle.changed) changed.push([stream, idle.state])
      if (near.size <= awake + 1 - together) break
    }
    if (changed.length === 0) return
    const place = put(changed.map(([, state]) => state))
    for (const [nth, [stream]] of changed.entries()) places[resting.add(stream)] = place * together + nth
  }

  return {
    get(stream) {
      if (newest?.stream === stream) return newest.one.state
      const known = near.get(stream)
      if (known !== undefined) {
        if (rest !== undefined) keep(stream, known.state, known.changed)
        return known.state
      }
      const number = rest === undefined ? undefined : resting.find(stream)
      const place = number === undefined ? undefined : places[number]
      if (rest === undefined || place === undefined) return undefined
      // What was put there were states, and this one of this stream.
      const state = (rest.get(Math.floor(place / together)) as readonly State[])[place % together] as State
      keep(stream, state, false)
      return state
    },
    set: (stream, state) => keep(stream, state, true),
  }
}
