/** Why Muster does not start: one sentence that tells what, where, and what to do. It is shown without a stack, and the exit code is 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
