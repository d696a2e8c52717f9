import type { CommandContext, RecordedEvent } from '@muster/event-store'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { Command as CqrsCommand } from '@nestjs/cqrs'
import { callerOf, type Caller } from './caller.ts'
import type { Request } from './http.ts'

/**
 * Where a command comes from: a request at the door, which has a caller, or an event that a reactor saw, which has none. A handler makes
 * the context of `execute` of it: `{ ...origin, source: '/muster/approvals', partitionkey, at: clock() }`.
 */
export type Origin = Omit<CommandContext, 'source' | 'partitionkey' | 'at'> & { readonly caller?: Caller }

/**
 * One class per aggregate extends this and wraps its plain command union. `Result` is what its handler answers.
 *
 *     class ApprovalMessage extends CommandMessage<ApprovalCommand, Outcome<ApprovalRejection>> {
 *       override permits({ roles }: Caller): boolean {
 *         return this.command.type === 'sign-approval' && roles.includes(this.command.role)
 *       }
 *     }
 */
export abstract class CommandMessage<Command extends { readonly type: string }, Result> extends CqrsCommand<Result> {
  constructor(
    /** Of the aggregate. */
    readonly id: string,
    readonly command: Command,
    readonly origin: Origin,
  ) {
    super()
  }

  /** Whether this caller may send it. Nobody may unless a message says so: most commands are only sent by our own reactors. */
  permits(_caller: Caller): boolean {
    return false
  }

  /** Why this caller is not permitted, in a sentence, where a message knows more than that. */
  whyNot(_caller: Caller): string | undefined {
    return undefined
  }
}

/** For a reactor of a context: the command is caused by the event, and the context is the one who acts. */
export const causedBy = (event: Pick<RecordedEvent, 'id' | 'context'>, context: string): Origin => ({
  cause: event.id,
  causedBy: 'event',
  correlation: event.context.correlationid,
  actor: { kind: 'service', id: context },
  ...(event.context.traceparent !== undefined && { traceparent: event.context.traceparent }),
})

/** The parameter is the origin of the commands that this request sends. Not for public routes. */
export const FromRequest = createParamDecorator((_: unknown, context: ExecutionContext): Origin => {
  const request = context.switchToHttp().getRequest<Request>()
  const caller = callerOf(request)
  if (caller === undefined) throw new Error('a public route sends no commands')
  return originOf(request, caller)
})

/** With an `Idempotency-Key` a repeated request is the same cause; keys of different callers do not meet. */
function originOf({ id, headers }: Pick<Request, 'id' | 'headers'>, caller: Caller): Origin {
  const { traceparent, 'idempotency-key': key } = headers
  return {
    cause: typeof key === 'string' && key !== '' ? `${caller.name} ${key.slice(0, 200)}` : id,
    causedBy: 'request',
    correlation: id,
    actor: { kind: caller.kind, id: caller.id },
    caller,
    ...(typeof traceparent === 'string' && { traceparent }),
  }
}
