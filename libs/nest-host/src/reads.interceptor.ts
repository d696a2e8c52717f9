import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { Observable } from 'rxjs'
import type { Request } from './http.ts'
import { ProblemError } from './problem.ts'
import { readsKey } from './routes.ts'
import { CAUGHT_UP } from './tokens.ts'

/** Whether the reader by this name stands at the position, before the time is up. */
export type CaughtUp = (name: string, position: number, timeoutMs: number) => Promise<boolean>

const longest = 5_000

/** Read your writes: what a write answered as `Muster-Position` is waited for when a read gives it as `after`. */
@Injectable()
export class ReadsInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CAUGHT_UP) private readonly caughtUp: CaughtUp,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const names = this.reflector.getAllAndOverride<readonly string[] | undefined>(readsKey, [context.getHandler(), context.getClass()])
    if (names !== undefined) await this.wait(names, afterOf(context.switchToHttp().getRequest<Request>()))
    return next.handle()
  }

  private async wait(names: readonly string[], after: number | undefined): Promise<void> {
    if (after === undefined || after === 0) return
    const caughtUp = await Promise.all(names.map(name => this.caughtUp(name, after, longest)))
    const late = names.filter((_, index) => caughtUp[index] !== true)
    if (late.length === 0) return
    throw new ProblemError(503, 'not-caught-up', `${late.join(', ')} did not see position ${after} within ${longest / 1_000} s: try again`)
  }
}

function afterOf({ query }: Request): number | undefined {
  const after = typeof query === 'object' && query !== null && 'after' in query ? query.after : undefined
  if (after === undefined || after === '') return undefined
  const position = typeof after === 'string' && /^\d{1,16}$/.test(after) ? Number(after) : Number.NaN
  if (Number.isSafeInteger(position)) return position
  const message = 'a position is a whole number, as in Muster-Position'
  throw new ProblemError(400, 'invalid', `/after: ${message}`, {
    title: 'The query is not valid',
    errors: [{ pointer: '/after', message }],
  })
}
