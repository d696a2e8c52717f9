import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { Request } from './http.ts'

/** No one is kept waiting longer, whatever they prefer. */
export const longestWait = 60

/** Seconds of `Prefer: respond-async, wait=10` (RFC 7240), at most 60; 0 when it says nothing that we understand. */
export function waitOf(prefer: string | readonly string[] | undefined): number {
  for (const preference of [prefer ?? []].flat().join(',').split(',')) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:;.*)?$/i.exec(preference) ?? []
    if (seconds !== undefined) return Math.min(Number(seconds), longestWait)
  }
  return 0
}

/** The parameter is how many seconds the caller would wait for the outcome. */
export const PreferWait = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  waitOf(context.switchToHttp().getRequest<Request>().headers.prefer),
)
