import { longestEvent, type StreamName } from '@muster/contracts'

/** The store does not answer: whether an append was written is not known. Try again: what was written already is a repeat. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
  }
}

/** Other writers were first, again and again. Nothing was written; trying later is safe. */
export class TooMuchContention extends Error {
  constructor(
    readonly stream: StreamName,
    readonly attempts: number,
  ) {
    super(`stream ${stream} was changed by others ${attempts} times while a command was decided`)
    this.name = 'TooMuchContention'
  }
}

/** The same cause wants to write other content than it wrote before. Trying again does not help: the caller parks or refuses. */
export class IdReused extends Error {
  constructor(
    readonly stream: StreamName,
    readonly id: string,
  ) {
    super(`event ${id} exists with other content than what shall be written to stream ${stream}`)
    this.name = 'IdReused'
  }
}

/** What was decided does not fit into an event: longer than the ledger seals. Trying again does not help: the caller parks or refuses. */
export class EventTooLong extends Error {
  constructor(
    readonly stream: StreamName,
    readonly type: string,
    readonly bytes: number,
  ) {
    super(`${type} for stream ${stream} would have ${bytes} bytes, and an event has at most ${longestEvent}`)
    this.name = 'EventTooLong'
  }
}

/** What was decided can be written, and the ledger would not seal it. Trying again does not help: the caller parks or refuses. */
export class EventNotSealable extends Error {
  constructor(
    readonly stream: StreamName,
    readonly type: string,
    readonly flaw: string,
  ) {
    super(`${type} for stream ${stream} cannot be recorded: ${flaw}`)
    this.name = 'EventNotSealable'
  }
}
