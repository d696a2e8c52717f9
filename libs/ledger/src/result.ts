/** What was read or checked, or one sentence that says why not. Hostile input is an expected outcome here, and never an exception. */
export type Result<T> = Accepted<T> | Refused
interface Accepted<T> {
  readonly ok: true
  readonly value: T
}
export interface Refused {
  readonly ok: false
  readonly message: string
}

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value })
export const refuse = (message: string): Refused => ({ ok: false, message })

/** A check that passed has nothing more to say. */
export const passed: Accepted<undefined> = accept(undefined)
