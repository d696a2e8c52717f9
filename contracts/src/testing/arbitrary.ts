import fc from 'fast-check'
import { z } from 'zod'

/*
 * Values that a contract accepts, made from the contract: every field is there or, where it may be, not.
 * It walks the JSON Schema rather than zod's inside, so that whatever generates schemas is tested along.
 */

interface Schema {
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | false
  readonly propertyNames?: Schema
}

export function arbitraryOf<Value>(type: z.ZodType<Value>): fc.Arbitrary<Value> {
  const { $defs = {}, ...root } = z.toJSONSchema(type, { io: 'input' }) as Schema & { $defs?: { [name: string]: Schema } }
  return valueOf(root, $defs).map(value => type.parse(value))
}

function valueOf(schema: Schema, defs: { readonly [name: string]: Schema }): fc.Arbitrary<unknown> {
  const inner = (each: Schema): fc.Arbitrary<unknown> => valueOf(each, defs)
  if (schema.$ref !== undefined) return inner(defs[schema.$ref.replace('#/$defs/', '')] ?? {})
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(inner))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, inner)
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      })
    case 'string':
      return textOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -9, Number.MIN_SAFE_INTEGER), max: Math.min(schema.maximum ?? 9, 2 ** 31) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true }).map(withoutNegativeZero)
    case undefined:
    default:
      return fc.jsonValue({ maxDepth: 2 }).map(value => JSON.parse(JSON.stringify(value)) as unknown)
  }
}

function objectOf(schema: Schema, inner: (schema: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  if (schema.properties === undefined) {
    const keys = textOf(schema.propertyNames ?? {}).filter(name => name !== '__proto__')
    return fc.dictionary(keys, inner(schema.additionalProperties || {}), { maxKeys: 3, noNullPrototype: true })
  }
  const fields = Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, inner(field)]))
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true })
}

function textOf({ format, pattern, minLength = 0, maxLength = 30 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map(date => date.toISOString())
  if (format === 'uuid') return fc.uuid()
  // The one pattern that looks ahead is that of a duration, and no generator can follow it.
  if (pattern?.includes('(?=') === true) return fc.constantFrom('P90D', 'PT4H', 'P1DT12H30M', 'P2W')
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30), unit: 'grapheme' })
}

/** JSON has no negative zero. */
const withoutNegativeZero = (number: number): number => (number === 0 ? 0 : number)
