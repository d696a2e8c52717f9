import type { RecordedEvent } from '@muster/event-store'
import { Command as CqrsCommand } from '@nestjs/cqrs'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { callerOf, type Caller } from './caller.ts'
import type { Request } from './http.ts'

/** Where a command comes from: a request at the door, which has a caller, or an event that a reactor saw, which has none. */
export interface CommandContext {
  /** The id of the event or of the request. Ids of the events that the command records are derived from it. */
  readonly cause: string
  /** What belongs together: the id of the event or request that began it. */
  readonly correlationid: string
  /** The event that caused it; a request is none. */
  readonly causationid?: string
  readonly caller?: Caller
  readonly traceparent?: string
}

/**
 * One class per aggregate extends this and wraps its plain command union. `Result` is what its handler answers.
 *
 *     class ApprovalMessage extends CommandMessage<ApprovalCommand, Outcome<ApprovalRejection>> {
 *       override permits = (caller: Caller) => this.command.type === 'sign-approval' && caller.roles.includes(this.command.role)
 *     }
 */
export abstract class CommandMessage<Command extends { readonly type: string }, Result> extends CqrsCommand<Result> {
  constructor(
    /** Of the aggregate. */
    readonly id: string,
    readonly command: Command,
    readonly context: CommandContext,
  ) {
    super()
  }

  /** Whether this caller may send it. Nobody may unless a message says so: most commands are only sent by our own reactors. */
  permits(_caller: Caller): boolean {
    return false
  }
}

/** For a reactor: the command is caused by the event. */
export const causedBy = ({ id, context: { correlationid, traceparent } }: Pick<RecordedEvent, 'id' | 'context'>): CommandContext => ({
  cause: id,
  correlationid,
  causationid: id,
  ...(traceparent !== undefined && { traceparent }),
})

/** The parameter is the context of commands that this request sends. */
export const FromRequest = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext => {
  const request = context.switchToHttp().getRequest<Request>()
  const caller = callerOf(request)
  const { traceparent } = request.headers
  return {
    cause: request.id,
    correlationid: request.id,
    ...(caller !== undefined && { caller }),
    ...(typeof traceparent === 'string' && { traceparent }),
  }
})
