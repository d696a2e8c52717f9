import type { DocumentDiagnostic } from '@muster/policy'
import { ProblemError } from '@muster/nest-host'

/* What is wrong with documents that somebody sends, said at once and alike wherever they are sent to. */

export interface Wrong {
  readonly pointer: string
  readonly message: string
}

/** `document` is the place of the document in the request. */
export const wrongAt = (document: string, { path, line, column, message, suggestion }: DocumentDiagnostic): Wrong => ({
  pointer: `${document}${path}`,
  message: `${line}:${column} ${message}${suggestion === undefined ? '' : `; did you mean "${suggestion}"?`}`,
})

/** @throws a 422 problem with every place that is wrong, if there is one. */
export function refuseWrong(errors: readonly Wrong[]): void {
  if (errors.length === 0) return
  const detail = errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ')
  throw new ProblemError(422, 'policy-not-good', detail, { errors: [...errors] })
}
