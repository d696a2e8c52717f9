import type { UnknownEventType } from '@muster/contracts'

/**
 * Something that everything depends on cannot be read by this release. No event is to blame, so nothing is parked: the work comes again until
 * a release that can read it is started, and meanwhile readiness says why.
 */
export class StandStill extends Error {
  override readonly name = 'StandStill'

  constructor(what: string, cause: UnknownEventType) {
    super(`${what}: ${cause.message}. Start the release that wrote it, or a newer one.`, { cause })
  }
}
