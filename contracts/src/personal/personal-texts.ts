import { z } from 'zod'
import { findDefinition } from '../registry.ts'

/*
 * Where the events hold personal text: every `{ personal, of }` of a stored type, as its contract says. Nobody lists them by hand, so an
 * event with such a field is encrypted from the first one on. `docs/personal-data.md` is made from the same.
 */

/** What a reader sees in the place of a text whose key was destroyed. */
export const erasedText = '[erased]'
/** What a reader sees in the place of a text that cannot be decrypted although nobody erased it. */
export const unreadableText = '[unreadable]'

/** Names of fields from the data down; `*` is every item of a list or every value of a record. */
export type PersonalPath = readonly string[]

/** As it stands in the data of an event. Its text may be replaced in place. */
export interface PersonalText {
  personal: string
  readonly of: string
}

const known = new Map<string, readonly PersonalPath[]>()

/** None for most types, and for one that this release does not know: nobody can read that one either. */
export function personalPathsOf(storedType: string): readonly PersonalPath[] {
  let paths = known.get(storedType)
  if (paths === undefined) {
    const definition = findDefinition(storedType)
    paths = definition === undefined ? [] : [...pathsIn(definition.data, [])]
    known.set(storedType, paths)
  }
  return paths
}

/** Visits each personal text of the data; `at` is its JSON Pointer. */
export function visitPersonalTexts(storedType: string, data: unknown, visit: (text: PersonalText, at: string) => void): void {
  for (const path of personalPathsOf(storedType)) descend(data, path, '', visit)
}

/** Whether two texts are one and the same, as far as anybody can know: of an erased one nobody can. */
export const isSameText = (one: PersonalText, other: PersonalText): boolean =>
  one.of === other.of && one.personal === other.personal && one.personal !== erasedText && one.personal !== unreadableText

function descend(value: unknown, [name, ...rest]: PersonalPath, at: string, visit: (text: PersonalText, at: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (name === undefined) {
    if (isPersonalText(value)) visit(value, at)
    return
  }
  for (const [key, inner] of Object.entries(value)) if (name === '*' || name === key) descend(inner, rest, `${at}/${key}`, visit)
}

const isPersonalText = (value: object): value is PersonalText =>
  'personal' in value && typeof value.personal === 'string' && 'of' in value && typeof value.of === 'string'

/** By its fields: a copy with a description of its own is no other thing. */
export function isPersonal(schema: z.ZodObject): boolean {
  const names = Object.keys(schema.shape)
  return names.length === 2 && names.includes('personal') && names.includes('of')
}

function* pathsIn(schema: unknown, path: PersonalPath): Generator<PersonalPath> {
  if (schema instanceof z.ZodObject) {
    if (isPersonal(schema)) yield path
    else for (const [name, inner] of Object.entries(schema.shape)) yield* pathsIn(inner, [...path, name])
  } else if (schema instanceof z.ZodArray) yield* pathsIn(schema.element, [...path, '*'])
  else if (schema instanceof z.ZodRecord) yield* pathsIn(schema.valueType, [...path, '*'])
  else if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* pathsIn(option, path)
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    yield* pathsIn(schema.unwrap(), path)
}
