import { createInterface } from 'node:readline'

/** What a command has of the world: its surroundings in, text out, and the clock. Tests hand in their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** What was asked for: stdout. */
  readonly print: (text: string) => void
  /** What people should know beside it: stderr. */
  readonly tell: (text: string) => void
  /** Asks the person who sits there; nothing is answered to who goes away. Left out where nobody sits. */
  readonly ask?: (question: string) => Promise<string>
  readonly now: () => Date
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Where the program stands that runs this, so that it can be run as a thread beside itself. Left out where that cannot be. */
  readonly program?: URL
  /** Aborts when the person has had enough (Ctrl-C). */
  readonly interrupted: AbortSignal
}

export function systemTerminal(): Terminal {
  // Whoever reads may stop reading: `muster log | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    print: text => void process.stdout.write(`${text}\n`),
    tell: text => void process.stderr.write(`${text}\n`),
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask: askAtTerminal }),
    now: () => new Date(),
    sleep: milliseconds => new Promise(wake => setTimeout(wake, milliseconds)),
    interrupted: new AbortController().signal,
  }
}

/** On stderr, so that stdout stays the answer and nothing else. */
const askAtTerminal = (question: string): Promise<string> =>
  new Promise(resolve => {
    const line = createInterface({ input: process.stdin, output: process.stderr })
    line.once('close', () => resolve(''))
    line.question(question, answered => {
      resolve(answered)
      line.close()
    })
  })
