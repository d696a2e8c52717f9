import { problemType, type Problem } from '@muster/contracts'

export interface ProblemExtras {
  readonly title?: string
  /** JSON pointers (RFC 6901) of the fields that were wrong. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown by a route, it becomes the answer (RFC 9457). `code` is a kebab noun phrase such as `already-signed`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, detail: string, { title = sentence(code), errors, headers = {} }: ProblemExtras = {}) {
    super(detail)
    this.problem = { type: problemType(code), title, status, detail, ...(errors !== undefined && { errors: [...errors] }) }
    this.headers = headers
  }
}

/** `already-signed` reads `Already signed`. */
const sentence = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
