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
  /** Of a superseded version: its data in the shape of the version that follows. Total over what was ever recorded, and pure. */
  readonly upcast?: (data: object) => object
}

export const defineEvent = <const Type extends string, Data extends z.ZodObject>(definition: EventDefinition<Type, Data>) => definition

/** A version that is written no longer, with the way to the next. */
export const supersede = <const Type extends string, Old extends z.ZodObject, New extends z.ZodObject>(
  old: EventDefinition<Type, Old>,
  next: EventDefinition<Type, New>,
  upcast: (data: z.infer<Old>) => z.infer<New>,
): EventDefinition<Type, Old> => {
  if (old.version + 1 !== next.version) throw new RangeError(`${storedType(next)} does not follow ${storedType(old)}`)
  return { ...old, upcast: data => upcast(data as z.infer<Old>) }
}

/** What domain code sees of an event: its name and its data, flat. No data has a field `type`. */
export type EventOf<D> = D extends EventDefinition<infer Type, infer Data> ? { readonly type: Type } & Readonly<z.infer<Data>> : never

const prefix = 'dev.muster.'
export const storedType = (event: Pick<EventDefinition, 'type' | 'version'>): string => `${event.type}.v${event.version}`
export const wireType = (event: Pick<EventDefinition, 'type' | 'version'>): string => prefix + storedType(event)
export const toWireType = (stored: string): string => prefix + stored
export const fromWireType = (wire: string): string | undefined => (wire.startsWith(prefix) ? wire.slice(prefix.length) : undefined)
