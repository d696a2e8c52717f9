import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { storedType } from './event.ts'
import { eventDefinitions } from './registry.ts'

/* The published JSON Schemas, as another program understands them: ajv knows nothing of zod. */

const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))
const ajv = formats.default(new Ajv2020({ strict: true, strictTypes: false, allErrors: true }))
const compile = (file: string) => ajv.compile(read(`schemas/${file}`))

describe.each(readdirSync(new URL('../schemas/', import.meta.url)))('schemas/%s', file => {
  it('is a valid JSON Schema 2020-12', () => {
    expect(ajv.validateSchema(read(`schemas/${file}`)), ajv.errorsText()).toBe(true)
    expect(read(`schemas/${file}`)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
  })
})

describe.each(eventDefinitions.map(definition => storedType(definition)))('The schema of %s', type => {
  const validate = ajv.getSchema(`urn:muster:schema:${type}`) ?? compile(`${type}.json`)
  const fixture = (): Record<string, unknown> => read(`fixtures/${type}.json`)

  it('accepts its fixture', () => expect(validate(fixture()), ajv.errorsText(validate.errors)).toBe(true))

  it('refuses a field that it does not know', () => expect(validate({ ...fixture(), unheardOf: 1 })).toBe(false))

  it('refuses it without a field that must be there, and with any field of another kind', () => {
    const { required = [] } = read(`schemas/${type}.json`) as { required?: readonly string[] }
    for (const field of required) {
      const { [field]: _, ...rest } = fixture()
      expect(validate(rest), `without ${field}`).toBe(false)
    }
    for (const field of Object.keys(fixture())) expect(validate({ ...fixture(), [field]: null }), `${field} null`).toBe(false)
  })
})
