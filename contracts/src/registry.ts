import { alertEvents } from './alerts/events.ts'
import { approvalEvents } from './approvals/events.ts'
import { deploymentEvents, violationEvents } from './deployments/events.ts'
import { supersededDeploymentEvents } from './deployments/superseded.ts'
import { storedType, type EventDefinition, type EventOf } from './event.ts'
import { parkingEvents, quarantineEvents } from './intake/events.ts'
import { ledgerEvents } from './ledger/events.ts'
import { lifecycleEvents } from './lifecycle/events.ts'
import { personEvents } from './persons/events.ts'
import { policyEvents } from './policies/events.ts'

/* Every version of every event that was ever released. `schema.lock.json` holds them still. */

const newestDefinitions = [
  ...lifecycleEvents,
  ...policyEvents,
  ...deploymentEvents,
  ...violationEvents,
  ...approvalEvents,
  ...alertEvents,
  ...quarantineEvents,
  ...parkingEvents,
  ...personEvents,
  ...ledgerEvents,
] as const

export const eventDefinitions = [...newestDefinitions, ...supersededDeploymentEvents] as const

/** In its newest version: readers are given no other. */
export type AnyEvent = EventOf<(typeof newestDefinitions)[number]>

const byStoredType: ReadonlyMap<string, EventDefinition> = new Map(eventDefinitions.map(definition => [storedType(definition), definition]))
const newest: ReadonlyMap<string, EventDefinition> = new Map(newestDefinitions.map(definition => [definition.type, definition]))

/** The definition of a stored type such as `model.registered.v1`. */
export const findDefinition = (stored: string): EventDefinition | undefined => byStoredType.get(stored)

/** Data of any version in the shape of the newest. */
export function upcasted({ type, version, upcast }: EventDefinition, data: object): object {
  if (upcast === undefined) return data
  const next = findDefinition(storedType({ type, version: version + 1 }))
  return next === undefined ? upcast(data) : upcasted(next, upcast(data))
}

/** The newest definition of an event such as `model.registered`: the one that is written. */
export const newestDefinition = (type: string): EventDefinition | undefined => newest.get(type)
