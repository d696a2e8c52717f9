import type { DeclareIntent, IntentAnswer } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { exitCodeOf } from './verdict.ts'

/*
 * Asking until it is decided. Each request repeats the same declaration under the same id, which is safe: it is one intent however often
 * it is declared, and it waits at the server. A server that goes away meanwhile is asked again while there is time.
 */

const longestRequest = 50
const pause = 1_000

export async function askUntilDecided(
  client: Client,
  terminal: Terminal,
  intent: DeclareIntent & { readonly id: string },
  seconds: number,
  onChange: (answer: IntentAnswer) => Promise<void> | void,
): Promise<IntentAnswer> {
  const until = terminal.now().getTime() + seconds * 1_000
  const left = (): number => Math.max(0, until - terminal.now().getTime())
  let known: IntentAnswer | undefined
  for (;;) {
    const wait = Math.min(longestRequest, Math.ceil(left() / 1_000))
    try {
      const { body } = await client.post<IntentAnswer>('/v1/intents', intent, {
        headers: { prefer: `wait=${wait}` },
        timeoutMs: (wait + 15) * 1_000,
      })
      if (body.status !== known?.status || body.approvalId !== known.approvalId) await onChange(body)
      known = body
    } catch (error) {
      const gone = error instanceof Failure && error.exitCode === exit.unreachable
      if (!gone || known === undefined || left() === 0) throw error
    }
    if (known !== undefined && (exitCodeOf(known.status) !== exit.pending || left() === 0)) return known
    // An approval is not waited for at the server: people take their time.
    await terminal.sleep(Math.min(pause, left()))
  }
}
