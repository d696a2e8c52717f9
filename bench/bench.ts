/** A measurement beside a real peer, run by name: `npm run bench -- <name>`. */
export interface Bench {
  readonly name: string
  /** One line of the list. */
  readonly summary: string
  /** What `--help` prints. */
  readonly help: string
  /** Tells its progress to `say`. @throws UsageError */
  run(args: readonly string[], say: (line: string) => void): Promise<Result>
}

/** The last line that a bench prints, as JSON. Ratios above 1 speak for Muster. */
export interface Result {
  readonly ratios: Readonly<Record<string, number>>
  readonly figures: Readonly<Record<string, number>>
}

/** The arguments are wrong; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
