import { BusError } from '@muster/bus'

/** The work's outcome, or `unreachable` if it takes longer; then nobody hears any more what becomes of the work. */
export async function within<T>(ms: number, doing: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BusError('unreachable', `${doing}: no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Settles like the work, or rejects with what `reason` gives as soon as the signal aborts. */
export async function unlessAborted<T>(signal: AbortSignal, reason: () => Error, work: Promise<T>): Promise<T> {
  let stop: () => void = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(reason())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
