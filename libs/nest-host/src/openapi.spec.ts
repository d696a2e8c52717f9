import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common'
import { PageQuery, SignApproval } from '@muster/contracts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Public, Roles } from './caller.ts'
import { openapiDocument } from './openapi.ts'
import { Answers, RawBytes, Reads } from './routes.ts'

const ById = z.object({ id: z.string().describe('Of the thing.') })
const Thing = z.strictObject({ id: z.string(), part: z.strictObject({ size: z.int() }).meta({ id: 'Part' }) }).meta({ id: 'Thing' })

@Controller('v1/things')
class ThingRoutes {
  @Get()
  @Reads('things')
  @Answers(200, z.array(Thing), 'The things.')
  list(@Query({ schema: PageQuery }) query: unknown) {
    return query
  }

  @Get(':id')
  @Public()
  @Answers(200, Thing, 'The thing.')
  show(@Param({ schema: ById }) params: unknown) {
    return params
  }

  @Post(':id/signatures')
  @Roles('operator')
  @Answers(201, Thing, 'Signed.')
  @Answers(200, Thing, 'It was signed before.')
  sign(@Param('id') id: string, @Body({ schema: SignApproval }) body: unknown) {
    return [id, body]
  }
}

@Controller('v1/events')
class EventRoutes {
  @Post()
  @RawBytes()
  @Answers(200, undefined, 'Taken.')
  publish(@Body() bytes: Buffer) {
    return bytes.length
  }
}

@Module({ controllers: [ThingRoutes, EventRoutes] })
class Things {}
@Module({ imports: [Things] })
class Outer {}

describe('The OpenAPI document', () => {
  const document = openapiDocument([Outer, Things])
  const at = (...path: string[]): unknown => path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), document)

  it('is one that an independent validator takes', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({
      valid: true,
    })
  })

  it('has every route once, however modules import each other', () =>
    expect(Object.entries(at('paths') as object).map(([path, item]) => [path, Object.keys(item as object)])).toEqual([
      ['/health/live', ['get']],
      ['/health/ready', ['get']],
      ['/metrics', ['get']],
      ['/openapi.json', ['get']],
      ['/v1/events', ['post']],
      ['/v1/things', ['get']],
      ['/v1/things/{id}', ['get']],
      ['/v1/things/{id}/signatures', ['post']],
    ]))

  it('refers to the contracts by their names, those inside others too', () => {
    expect(at('paths', '/v1/things/{id}', 'get', 'responses', '200', 'content', 'application/json', 'schema')).toEqual({
      $ref: '#/components/schemas/Thing',
    })
    expect(at('components', 'schemas', 'Thing', 'properties', 'part')).toEqual({ $ref: '#/components/schemas/Part' })
    expect(at('paths', '/v1/things/{id}/signatures', 'post', 'requestBody', 'content', 'application/json', 'schema')).toEqual({
      $ref: '#/components/schemas/SignApproval',
    })
  })

  it('names each parameter, and what a reader waits for', () => {
    const parameters = at('paths', '/v1/things', 'get', 'parameters') as { name: string; in: string; required?: boolean }[]
    expect(parameters.map(({ name }) => name)).toEqual(['limit', 'cursor', 'after'])
    expect(at('paths', '/v1/things/{id}', 'get', 'parameters')).toEqual([
      { name: 'id', in: 'path', required: true, description: 'Of the thing.', schema: { type: 'string' } },
    ])
    expect(at('paths', '/v1/things/{id}/signatures', 'post', 'parameters')).toMatchObject([{ name: 'id', in: 'path', required: true }])
  })

  it('has every answer of a route, and the first says what it is for', () => {
    const thing = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } }
    expect(at('paths', '/v1/things/{id}/signatures', 'post', 'summary')).toBe('Signed.')
    expect(at('paths', '/v1/things/{id}/signatures', 'post', 'responses')).toMatchObject({
      200: { description: 'It was signed before.', content: thing },
      201: { description: 'Signed.', content: thing },
    })
  })

  it('says which forms of events a route takes that reads bytes', () =>
    expect(Object.keys(at('paths', '/v1/events', 'post', 'requestBody', 'content') as object)).toEqual([
      'application/json',
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
    ]))

  it('says where a token is needed, and which roles', () => {
    expect(at('paths', '/v1/things/{id}', 'get', 'security')).toEqual([])
    expect(Object.keys(at('paths', '/v1/things', 'get', 'responses') as object)).toEqual(['200', '400', '401', '503', 'default'])
    expect(at('paths', '/v1/things/{id}/signatures', 'post', 'description')).toBe('Needs one of the roles: operator.')
    expect(Object.keys(at('paths', '/v1/things/{id}/signatures', 'post', 'responses') as object)).toEqual([
      '200',
      '201',
      '400',
      '401',
      '403',
      'default',
    ])
  })
})
