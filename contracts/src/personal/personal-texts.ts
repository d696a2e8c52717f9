import { z } from 'zod'
import type { Context } from '../envelope.ts'
import { Person } from '../primitives.ts'
import { findDefinition } from '../registry.ts'

/*
 * Where the events hold personal text: every `{ personal, of }` of a stored type, as its contract says. Nobody lists those by hand, so an
 * event with such a field is encrypted from the first one on. The guide's table is made from the same.
 */

/** What a reader sees in the place of a text whose key was destroyed. */
export const erasedText = '[erased]'
/** What a reader sees in the place of a text that cannot be decrypted although nobody erased it. */
export const unreadableText = '[unreadable]'

/** Names of fields from the data down; `*` is every item of a list or every value of a record. */
export type PersonalPath = readonly string[]

export interface PersonalField {
  readonly path: PersonalPath
  /** Whose it is: `of` stands beside the text, or it is who brought the event. */
  readonly whose: 'beside' | 'bringer'
}

/** A text of an event, and whose it is. It may be replaced in place. */
export interface PersonalText {
  personal: string
  readonly of: string
}

/** What of an event says whose texts it has. */
export interface Brought {
  readonly type: string
  readonly context: Pick<Context, 'authtype' | 'authid'>
}

/**
 * Texts of events whose shape has no person beside them, and which people type all the same. They are of the person who brought the event;
 * of what a service brought nobody knows the author, and it stays as it is. No rule may read them: no fact is made of them.
 */
const ofTheBringer: Readonly<Record<string, string>> = { 'intent.withdrawn.v1': 'because', 'model.risk-tiered.v1': 'rationale' }

const known = new Map<string, readonly PersonalField[]>()

/** None for most types, and for one that this release does not know: nobody can read that one either. */
export function personalFieldsOf(storedType: string): readonly PersonalField[] {
  let fields = known.get(storedType)
  if (fields === undefined) {
    const definition = findDefinition(storedType)
    const beside = definition === undefined ? [] : [...pathsIn(definition.data, [])]
    const brought = ofTheBringer[storedType]
    fields = [
      ...beside.map(path => ({ path, whose: 'beside' as const })),
      ...(brought === undefined ? [] : [{ path: [brought], whose: 'bringer' as const }]),
    ]
    known.set(storedType, fields)
  }
  return fields
}

/** Visits each personal text of the data; `at` is its JSON Pointer. */
export function visitPersonalTexts(event: Brought, data: unknown, visit: (text: PersonalText, at: string) => void): void {
  for (const { path, whose } of personalFieldsOf(event.type)) {
    if (whose === 'beside') descend(data, path, '', visit)
    else visitBrought(event, data, path, visit)
  }
}

function visitBrought(
  { context }: Brought,
  data: unknown,
  [name = '']: PersonalPath,
  visit: (text: PersonalText, at: string) => void,
): void {
  const { authtype, authid = '' } = context
  if (authtype !== 'user' || !Person.safeParse(authid).success || typeof data !== 'object' || data === null) return
  const fields = data as Record<string, unknown>
  const before = fields[name]
  if (typeof before !== 'string') return
  const text = { personal: before, of: authid }
  visit(text, `/${name}`)
  fields[name] = text.personal
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
