import type { Context } from './envelope.ts'

/** A domain event with where and when it was recorded: what folds over several streams read. */
export interface Recorded<Event> {
  readonly event: Event
  readonly id: string
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly recordedtime: string
  readonly context: Context
}
