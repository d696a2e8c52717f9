import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('../../contracts/openapi.yaml', import.meta.url))

describe('openapi.yaml', () => {
  it('is OpenAPI 3.1, as an independent validator has it', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(file)
    expect(errors ?? []).toEqual([])
    expect({ valid, version: validator.version }).toEqual({ valid: true, version: '3.1' })
  })

  it('would not pass by being empty', async () => {
    expect(await new Validator().validate({ openapi: '3.1.0' })).toMatchObject({ valid: false })
  })
})
