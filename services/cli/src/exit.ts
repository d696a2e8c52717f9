/** What the exit code says, the same for every command. CD systems go by it, so a number never changes its meaning. */
export const exit = {
  /** Done, or cleared. */
  ok: 0,
  /** No: blocked, refused, lapsed or revoked; an event that was not taken; a thing that is not there. */
  no: 1,
  /** The command or what it was given is wrong. */
  usage: 2,
  /** Not decided yet. */
  pending: 3,
  /** No token, or one that may not do this. */
  notAuthorised: 4,
  /** No server, or one that cannot answer now. */
  unreachable: 5,
} as const
export type ExitCode = (typeof exit)[keyof typeof exit]

export const exitCodesHelp = `
Exit codes: 0 done or cleared · 1 no: blocked, refused, lapsed, revoked, not taken, not there · 2 wrong usage
            3 not decided yet · 4 not authorised · 5 the server cannot be reached`
