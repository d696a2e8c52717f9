import { Inject, Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { Logger } from 'pino'
import type { CommandMessage } from './command.ts'
import type { Meters } from './meters.ts'
import { ProblemError } from './problem.ts'
import { LOGGER, METERS } from './tokens.ts'

/** The one way to send a command, for routes and reactors alike: it authorises, logs with the correlation id, and measures each of them. */
@Injectable()
export class Commands {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(METERS) private readonly meters: Meters,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Answers what the handler answers. Throws a 403 problem when its origin has a caller whom the message does not permit. */
  async send<Result>(message: CommandMessage<{ readonly type: string }, Result>): Promise<Result> {
    const { id, command, origin } = message
    const { caller, cause, correlation, traceparent } = origin
    if (caller !== undefined && !message.permits(caller))
      throw new ProblemError(
        403,
        'not-permitted',
        message.whyNot(caller) ?? `${caller.name} may not ${command.type.replaceAll('-', ' ')} ${id}`,
      )

    const stop = this.meters.command.startTimer({ command: command.type })
    const trace = { command: command.type, id, cause, correlation, traceparent, caller: caller?.name }
    try {
      const result = await this.bus.execute<Result>(message)
      this.logger.debug({ ...trace, outcome: kindOf(result) }, 'command')
      stop({ outcome: kindOf(result) })
      return result
    } catch (error) {
      this.logger.debug({ ...trace, outcome: 'failed' }, 'command')
      stop({ outcome: 'failed' })
      throw error
    }
  }
}

/** Outcomes of aggregates say their kind; what else a handler may answer is `done`. */
const kindOf = (result: unknown): string =>
  typeof result === 'object' && result !== null && 'kind' in result && typeof result.kind === 'string' ? result.kind : 'done'
