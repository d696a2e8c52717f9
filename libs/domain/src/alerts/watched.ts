import type {
  AlertKind,
  AlertRaised,
  Check,
  DeploymentEvent,
  EndpointEvent,
  ParkingEvent,
  Policy,
  QuarantineEvent,
  ViolationEvent,
} from '@muster/contracts'
import type { AlertKey } from './alert.ts'

/* What alerts watch, what they must know beside it, and what follows. */

export type WatchedEvent = DeploymentEvent | ViolationEvent | EndpointEvent | QuarantineEvent | ParkingEvent

/** What the reactor must know beside the event itself. */
export interface AlertFacts {
  /** The newest check of the deployment up to the event, where it concerns one. */
  readonly check?: Check | undefined
  /** The data sets that the version names. */
  readonly datasets: readonly string[]
  readonly policyOf: (id: string, version: number) => Policy | undefined
}

export type AlertAction =
  | { readonly kind: 'raise'; readonly key: AlertKey; readonly alert: Omit<AlertRaised, 'type'> }
  /** Ends every open alert of these kinds about the subject, but for some rules. */
  | {
      readonly kind: 'resolve'
      readonly kinds: readonly AlertKind[]
      readonly subject: string
      /** Rules whose alerts go on. */
      readonly except?: readonly string[]
      readonly because: string
    }
