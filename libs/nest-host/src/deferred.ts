export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(reason: unknown): void
}

/** `Promise.withResolvers`, which Node 20 lacks. */
export function deferred<T>(): Deferred<T> {
  const never = (): never => {
    throw new Error('a promise runs its executor at once')
  }
  let settle: Omit<Deferred<T>, 'promise'> = { resolve: never, reject: never }
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }))
  return { promise, ...settle }
}
