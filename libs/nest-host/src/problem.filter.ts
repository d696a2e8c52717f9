import { STATUS_CODES } from 'node:http'
import { BusError } from '@muster/bus'
import { problemType, type Problem } from '@muster/contracts'
import { EventNotSealable, EventTooLong } from '@muster/event-store'
import { isTransient } from '@muster/projections'
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { Logger } from 'pino'
import type { Reply, Request } from './http.ts'
import { ProblemError } from './problem.ts'
import { LOGGER } from './tokens.ts'

/** Every error that leaves is an RFC 9457 problem. What is our fault is logged and says nothing about our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return this.logger.error({ err: error }, 'a message on a WebSocket could not be handled')
    const http = host.switchToHttp()
    const request = http.getRequest<Request>()
    const reply = http.getResponse<Reply>()
    const problem = problemOf(error)
    if (problem.status >= 500) this.logger[problem.status === 503 ? 'warn' : 'error']({ err: error, request: request.id }, problem.title)
    // An answer that has begun cannot become another one.
    if (reply.sent) return
    if (error instanceof ProblemError) void reply.headers(error.headers)
    if (problem.status === 503 && !reply.hasHeader('retry-after')) void reply.header('retry-after', '1')
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send({ ...problem, instance: `urn:muster:request:${request.id}` })
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof HttpException) return plain(error.getStatus(), error.message)
  const status = statusOf(error)
  if (status !== undefined) return plain(status, error instanceof Error ? error.message : undefined)
  if (error instanceof EventNotSealable || error instanceof EventTooLong)
    return { type: problemType('not-recordable'), title: 'Not recordable', status: 422, detail: error.message }
  if (isAway(error))
    return {
      type: problemType('unavailable'),
      title: 'Unavailable',
      status: 503,
      detail: 'the database or a broker does not answer now: try again',
    }
  return { type: problemType('internal'), title: 'Internal error', status: 500, detail: 'this is our fault and has been logged' }
}

/** The server's own errors (malformed JSON, too large, unsupported media type) carry a status and are no HttpException. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500
    ? error.statusCode
    : undefined

const codes: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'not-authorised',
  403: 'not-permitted',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
}

function plain(status: number, detail: string | undefined): Problem {
  const code = codes[status]
  const type = code === undefined ? 'about:blank' : problemType(code)
  return { type, title: STATUS_CODES[status] ?? 'Error', status, ...(detail !== undefined && detail !== '' && { detail }) }
}

/** A database or a broker that is away, or busy beyond what it could try. */
const isAway = (error: unknown): boolean => isTransient(error) || (error instanceof BusError && error.problem === 'unreachable')
