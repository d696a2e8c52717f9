import type { Problem } from '@muster/contracts'
import { exit, type ExitCode } from './exit.ts'
import { Failure } from './failure.ts'

/* A problem of the server (RFC 9457) as one sentence with the fields that are wrong, and as an exit code. */

export function failureOf(problem: Problem, withToken: boolean): Failure {
  const hint = problem.status === 401 && !withToken ? 'say who you are: --token or MUSTER_TOKEN' : undefined
  return new Failure(hint ?? sentenceOf(problem), exitCodeOf(problem), { problem })
}

export function sentenceOf({ title, detail, errors = [] }: Problem): string {
  const fields = errors.filter(({ pointer, message }) => pointer !== '' && detail !== `${pointer}: ${message}`)
  const named = fields.map(({ pointer, message }) => (message === detail ? `at ${pointer}` : `${pointer}: ${message}`))
  return `${detail ?? title}${named.length === 0 ? '' : ` (${named.join('; ')})`}`
}

const malformed = new Set([400, 413, 415, 422])

export function exitCodeOf({ status, type }: Pick<Problem, 'status' | 'type'>): ExitCode {
  if (status === 401 || status === 403) return exit.notAuthorised
  if (status >= 500) return exit.unreachable
  // The id of another question: nothing was decided about this one.
  if (malformed.has(status) || type.endsWith(':id-reused')) return exit.usage
  return exit.no
}
