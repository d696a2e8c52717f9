import type { Terminal } from '../terminal.ts'

export interface FakeTerminal extends Terminal {
  readonly out: () => string
  readonly told: () => string
}

interface Surroundings extends Partial<Pick<Terminal, 'env' | 'cwd' | 'now' | 'interrupted' | 'print' | 'ask'>> {
  readonly input?: string
}

/** A terminal that keeps what it is told, in a folder without anything. */
export function fakeTerminal({ input = '', ...rest }: Surroundings = {}): FakeTerminal {
  const out: string[] = []
  const told: string[] = []
  return {
    env: { MUSTER_DATA_DIR: '/nowhere' },
    cwd: '/',
    stdin: (async function* () {
      yield await Promise.resolve(Buffer.from(input))
    })(),
    print: text => out.push(text),
    tell: text => told.push(text),
    now: () => new Date(),
    sleep: milliseconds => new Promise(wake => setTimeout(wake, milliseconds)),
    interrupted: new AbortController().signal,
    ...rest,
    out: () => out.join('\n'),
    told: () => told.join('\n'),
  }
}
