/** Why the embedded PostgreSQL cannot serve: one sentence that tells what, where, and what to do. Show the message, not the stack. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

/** The code that Node and PostgreSQL put on their errors: `ENOENT`, `3D000`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
