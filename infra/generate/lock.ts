import { createHash } from 'node:crypto'
import { canonicalJson } from '@muster/contracts'
import type { JsonSchema } from './schemas.ts'

/*
 * The lock: for each version of each event and message the digest of its schema, and whether it was released.
 *
 * A released version MUST keep its digest for ever and MUST NOT disappear: events of it are in somebody's log, and in somebody's pipeline.
 * Until then it may be regenerated. The digest leaves descriptions out, so that a sentence may be made better without a new version.
 */

export interface Lock {
  readonly [storedType: string]: { readonly digest: string; readonly released: boolean }
}

export function digestOf(schema: JsonSchema): string {
  return `sha256:${createHash('sha256')
    .update(canonicalJson(withoutWords(schema)))
    .digest('hex')}`
}

/** The lock that belongs to `schemas`, and in `broken` a sentence for each released version that it would change. */
export function nextLock(schemas: ReadonlyMap<string, JsonSchema>, before: Lock): { lock: Lock; broken: readonly string[] } {
  const lock = Object.fromEntries(
    [...schemas]
      .map(([type, schema]) => [type, { digest: digestOf(schema), released: before[type]?.released ?? false }] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  const broken = Object.entries(before)
    .filter(([, { released }]) => released)
    .flatMap(([type, { digest }]) => {
      if (lock[type] === undefined) return [`${type} is released and no longer in the registry: put it back, old events need it`]
      if (lock[type].digest !== digest)
        return [`${type} is released and its schema changed: undo that, add the next version and an upcaster`]
      return []
    })
  return { lock, broken }
}

/** Marks every version as released: the last commit of a finished capability does it. */
export const release = (lock: Lock): Lock =>
  Object.fromEntries(Object.entries(lock).map(([type, { digest }]) => [type, { digest, released: true }]))

/** A keyword has a string; a property of that name has a schema and stays. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([keyword, content]) => !((keyword === 'description' || keyword === 'title') && typeof content === 'string'))
      .map(([keyword, content]) => [keyword, withoutWords(content)]),
  )
}
