import type { z } from 'zod'
import type { Category } from './ids.ts'

/*
 * One version of one event. A released version never changes, not even additively: a change is a new version and an upcaster.
 * Domain code sees `{ type: 'approval.signed', …data }` in the newest version; the codec adds and strips versions.
 */

export interface EventDefinition<Type extends string = string, Data extends z.ZodObject = z.ZodObject> {
  readonly type: Type
  readonly version: number
  readonly category: Category
  /** `platform`: sent to us from outside. `muster`: only we record it. */
  readonly origin: 'platform' | 'muster'
  readonly description: string
  readonly data: Data
}

export const defineEvent = <const Type extends string, Data extends z.ZodObject>(definition: EventDefinition<Type, Data>) => definition

/** What domain code sees of an event: its name and its data, flat. No data has a field `type`. */
export type EventOf<D> = D extends EventDefinition<infer Type, infer Data> ? { readonly type: Type } & Readonly<z.infer<Data>> : never

const prefix = 'dev.muster.'
export const storedType = (event: Pick<EventDefinition, 'type' | 'version'>): string => `${event.type}.v${event.version}`
export const wireType = (event: Pick<EventDefinition, 'type' | 'version'>): string => prefix + storedType(event)
export const toWireType = (stored: string): string => prefix + stored
export const fromWireType = (wire: string): string | undefined => (wire.startsWith(prefix) ? wire.slice(prefix.length) : undefined)
