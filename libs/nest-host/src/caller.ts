import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common'
import type { Request } from './http.ts'

/* Who stands at the door, and what a route says about who may pass. The guard that holds them to it is `auth.guard.ts`. */

/**
 * `publisher`: events and intents. `operator`: quarantine, parked keys. `policy-admin`: policies. `privacy-officer`: erasures. Other roles are
 * those that approvals ask for.
 */
export type Role = 'publisher' | 'operator' | 'policy-admin' | 'privacy-officer' | (string & {})

export interface Caller {
  readonly kind: 'person' | 'service'
  /** The canonical id of the person, or the service's name. */
  readonly id: string
  readonly roles: readonly string[]
  /** As `authid` in an envelope: `person:ana`, `service:ci`. */
  readonly name: string
}

/** Of a request that carries a token that we know. */
const callers = new WeakMap<object, Caller>()
export const remember = (request: Request, caller: Caller): void => void callers.set(request, caller)
export const callerOf = (request: Request): Caller | undefined => callers.get(request)

export const publicKey = 'muster:public'
export const rolesKey = 'muster:roles'

/** The route answers without a token. */
export const Public = () => SetMetadata(publicKey, true)

/** The caller must have one of the roles. Without this, whoever has a token may. */
export const Roles = (...roles: [Role, ...Role[]]) => SetMetadata(rolesKey, roles)

/** The parameter is the caller. Not for public routes. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>())
  if (caller === undefined) throw new Error('a public route has no caller')
  return caller
})
