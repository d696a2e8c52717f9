import type { Terminal } from '../terminal.ts'
import { count } from '../text.ts'

const every = 2_000

/** Tells how far a long work is, every two seconds; of a short one nothing. */
export function progressTo({ now, tell }: Pick<Terminal, 'now' | 'tell'>, what: string): (done: number, of: number) => void {
  let told = now().getTime()
  return (done, of) => {
    const time = now().getTime()
    if (time - told < every) return
    told = time
    tell(`${what} ${done.toLocaleString('en')} of ${count(of, 'event')}`)
  }
}
