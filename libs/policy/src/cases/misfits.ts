import type { FactFields, Facts, FactsSchema, FactType, FactValue } from '@muster/contracts'
import { nearest } from '../suggestion.ts'

/* What facts are not as their contract says. A fact that a case spells wrong would otherwise be a fact that is missing. */

export function misfitsOf(facts: Facts, { fields }: FactsSchema): readonly string[] {
  const found: string[] = []
  for (const misfit of inRecord(facts, fields, '')) if (found.push(misfit) === mostMisfits) break
  return found
}

/** More help nobody, and what was meant is looked for among all names each time. */
const mostMisfits = 20

function* inRecord(value: { readonly [name: string]: FactValue }, fields: FactFields, at: string): Generator<string> {
  for (const [name, inner] of Object.entries(value)) {
    const path = at === '' ? name : `${at}.${name}`
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field !== undefined) yield* inValue(inner, field.type, path)
    else {
      const meant = nearest(name, Object.keys(fields))
      yield `there is no fact "${path}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
    }
  }
}

function* inValue(value: FactValue, type: FactType, path: string): Generator<string> {
  const wrong = (what: string): string => `"${path}" must be ${what}, and is ${JSON.stringify(value)?.slice(0, 100)}`
  switch (type.kind) {
    case 'record':
      if (isRecord(value)) yield* inRecord(value, type.fields, path)
      else yield wrong('a map')
      return
    case 'list':
      if (!Array.isArray(value)) yield wrong('a list')
      else if (value.length > type.max) yield `"${path}" has ${value.length} elements; at most ${type.max} are allowed`
      else for (const [index, element] of value.entries()) yield* inValue(element as FactValue, type.of, `${path}[${index}]`)
      return
    case 'enum':
      if (typeof value !== 'string' || !type.values.includes(value)) yield wrong(`one of ${type.values.join(', ')}`)
      return
    case 'bool':
      if (typeof value !== 'boolean') yield wrong('true or false')
      return
    case 'int':
      if (!Number.isSafeInteger(value)) yield wrong('a whole number')
      return
    case 'double':
      if (typeof value !== 'number' || !Number.isFinite(value)) yield wrong('a number')
      return
    case 'timestamp':
      if (typeof value !== 'string' || !isInstant(value)) yield wrong('an instant in UTC such as 2026-11-25T12:00:00Z')
      return
    case 'string':
    case 'duration':
      if (typeof value !== 'string') yield wrong('text')
  }
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) && !Number.isNaN(Date.parse(text))

const isRecord = (value: FactValue): value is { readonly [name: string]: FactValue } => typeof value === 'object' && !Array.isArray(value)
