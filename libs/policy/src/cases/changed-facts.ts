import type { Facts, FactsChange } from '@muster/contracts'

/* Facts put together from changes, each upon what the ones before it left: as JSON Merge Patch, with keys that may be paths. */

type Json = FactsChange[string]

type Own = WeakSet<object>

/** Maps are copied once each and then changed in place, so that it takes no longer than the changes are long. */
export function factsOf(changes: readonly FactsChange[]): Facts {
  const own: Own = new WeakSet()
  return changes.reduce<Json>((facts, change) => merged(facts, change, own), {}) as Facts
}

function merged(into: Json | undefined, change: Json, own: Own): Json {
  if (isList(change)) return change.map(element => merged(undefined, element, own)).filter(element => element !== null)
  if (!isMap(change)) return change
  return Object.entries(change).reduce<Json>((facts, [key, value]) => placed(facts, stepsOf(key), value, own), ownMap(into, own))
}

function ownMap(into: Json | undefined, own: Own): Json {
  if (isMap(into) && own.has(into)) return into
  const copy = isMap(into) ? { ...into } : {}
  own.add(copy)
  return copy
}

/** `datasets[0].license` is the steps datasets, 0, license. */
const stepsOf = (path: string): readonly string[] => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')

function placed(into: Json | undefined, [step = '', ...rest]: readonly string[], value: Json, own: Own): Json {
  if (isList(into) && /^\d+$/.test(step)) return placedInList(into, Number(step), rest, value, own)
  const map = ownMap(into, own) as { [name: string]: Json }
  const inner = Object.hasOwn(map, step) ? map[step] : undefined
  const next = rest.length > 0 ? placed(inner, rest, value, own) : merged(inner, value, own)
  // Null takes a fact away; what was emptied by a deeper path stays, empty.
  if (next === null) delete map[step]
  // Not by assignment, which a step such as __proto__ would lead astray.
  else Object.defineProperty(map, step, { value: next, enumerable: true, configurable: true, writable: true })
  return map
}

function placedInList(list: readonly Json[], at: number, rest: readonly string[], value: Json, own: Own): Json {
  const inner = list[at]
  const next = rest.length > 0 ? placed(inner, rest, value, own) : merged(inner, value, own)
  const copy = at < list.length ? list.with(at, next) : [...list, next]
  return copy.filter(element => element !== null)
}

/** The change that makes one state of facts of another: nothing, where they are the same. */
export function changeBetween(from: Facts, to: Facts): FactsChange {
  const gone = Object.keys(from).filter(name => !Object.hasOwn(to, name))
  const changes = Object.entries(to).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    const before = Object.hasOwn(from, name) ? from[name] : undefined
    if (before === undefined || !isMap(before) || !isMap(value)) return isSame(before, value) ? [] : [[name, value]]
    const inner = changeBetween(before, value)
    return Object.keys(inner).length === 0 ? [] : [[name, inner]]
  })
  return Object.fromEntries([...gone.map(name => [name, null] as const), ...changes])
}

const isSame = (one: Json | undefined, other: Json): boolean => one !== undefined && JSON.stringify(one) === JSON.stringify(other)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
