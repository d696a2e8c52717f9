import type { FactFields, Facts, FactsSchema, FactType, FactValue } from '@muster/contracts'
import { nearest } from '../suggestion.ts'

/* What facts are not as their contract says. A fact that a case spells wrong would otherwise be a fact that is missing. */

export const misfitsOf = (facts: Facts, { fields }: FactsSchema): readonly string[] => inRecord(facts, fields, '')

function inRecord(value: { readonly [name: string]: FactValue }, fields: FactFields, at: string): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = at === '' ? name : `${at}.${name}`
    if (Object.hasOwn(fields, name)) return fields[name] === undefined ? [] : inValue(inner, fields[name].type, path)
    const meant = nearest(name, Object.keys(fields))
    return [`there is no fact "${path}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`]
  })
}

function inValue(value: FactValue, type: FactType, path: string): readonly string[] {
  const wrong = (what: string): readonly string[] => [`"${path}" must be ${what}, and is ${JSON.stringify(value)?.slice(0, 100)}`]
  switch (type.kind) {
    case 'record':
      return isRecord(value) ? inRecord(value, type.fields, path) : wrong('a map')
    case 'list':
      if (!Array.isArray(value)) return wrong('a list')
      if (value.length > type.max) return [`"${path}" has ${value.length} elements; at most ${type.max} are allowed`]
      return value.flatMap((element: FactValue, index) => inValue(element, type.of, `${path}[${index}]`))
    case 'enum':
      return typeof value === 'string' && type.values.includes(value) ? [] : wrong(`one of ${type.values.join(', ')}`)
    case 'bool':
      return typeof value === 'boolean' ? [] : wrong('true or false')
    case 'int':
      return Number.isSafeInteger(value) ? [] : wrong('a whole number')
    case 'double':
      return typeof value === 'number' && Number.isFinite(value) ? [] : wrong('a number')
    case 'timestamp':
      return typeof value === 'string' && isInstant(value) ? [] : wrong('an instant in UTC such as 2026-11-25T12:00:00Z')
    case 'string':
    case 'duration':
      return typeof value === 'string' ? [] : wrong('text')
  }
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) && !Number.isNaN(Date.parse(text))

const isRecord = (value: FactValue): value is { readonly [name: string]: FactValue } => typeof value === 'object' && !Array.isArray(value)
