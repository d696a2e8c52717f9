import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { publicKey, remember, rolesKey } from './caller.ts'
import type { Request } from './http.ts'
import { ProblemError } from './problem.ts'
import { CALLERS, type Callers } from './tokens.ts'

/** Nobody passes without a token that we know, except to public routes; and not without a role where the route asks for one. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(CALLERS) private readonly callers: Callers,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // A WebSocket gateway knows its callers by itself.
    if (context.getType() !== 'http') return true
    const route = [context.getHandler(), context.getClass()]
    const request = context.switchToHttp().getRequest<Request>()
    const token = bearerOf(request.headers.authorization)
    const caller = token === undefined ? undefined : this.callers.callerOf(token)
    if (caller !== undefined) remember(request, caller)
    if (this.reflector.getAllAndOverride<true | undefined>(publicKey, route)) return true

    if (caller === undefined) throw unauthorised(token)
    const roles = this.reflector.getAllAndOverride<readonly string[] | undefined>(rolesKey, route)
    if (roles === undefined || roles.some(role => caller.roles.includes(role))) return true
    throw new ProblemError(403, 'not-permitted', `${caller.name} has none of the roles that may do this: ${roles.join(', ')}`)
  }
}

/** Of `Authorization: Bearer <token>`; undefined for anything else. */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(authorization ?? '')?.[1]

const unauthorised = (token: string | undefined): ProblemError =>
  new ProblemError(
    401,
    'not-authorised',
    token === undefined ? 'send a token: Authorization: Bearer <token>' : 'the token is not one that this server knows',
    { headers: { 'www-authenticate': `Bearer realm="muster"${token === undefined ? '' : ', error="invalid_token"'}` } },
  )
