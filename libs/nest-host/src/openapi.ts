import { Problem } from '@muster/contracts'
import type { Type } from '@nestjs/common'
import { z } from 'zod'
import { HostModule } from './host.module.ts'
import { publicKey, rolesKey } from './caller.ts'
import { answersKey, readsKey, type Answered } from './routes.ts'
import { read, routesIn, type Route } from './routes-in.ts'

/*
 * The OpenAPI 3.1 document, read off the decorators of the modules' routes: nothing is started, and no database is needed. OpenAPI 3.1
 * speaks JSON Schema 2020-12, which zod writes by itself; a schema with `.meta({ id })` becomes a component of that name.
 */

type Json = Record<string, unknown>

export function openapiDocument(modules: readonly Type[]): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const route of routesIn([HostModule, ...modules]).toSorted(byPath)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const methods = (paths[path] ??= {})
    methods[route.method] = operationOf(route, components)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1',
      description: 'Decides, records and proves whether a machine-learning model may run in production.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:7070', description: 'The embedded default.' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => compare(a, b))),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of the identity that is configured.' } },
    },
  }
}

const byPath = (a: Route, b: Route): number => (a.path === b.path ? compare(a.method, b.method) : compare(a.path, b.path))
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

interface Argument {
  readonly data?: string
  readonly schema?: z.ZodType
}
/** Numbers that Nest gives to kinds of parameters. */
const kinds = { body: 3, query: 4, param: 5 } as const

function operationOf({ controller, name, handler, path }: Route, components: Json): Json {
  const given: Record<string, Argument> = Reflect.getMetadata('__routeArguments__', controller, name) ?? {}
  const of = (kind: keyof typeof kinds): Argument[] =>
    Object.entries(given)
      .filter(([key]) => key.startsWith(`${kinds[kind]}:`))
      .map(([, argument]) => argument)

  const answered: readonly Answered[] = read(answersKey, handler) ?? [{ status: 200, schema: undefined, description: 'Done.' }]
  const open = read<boolean>(publicKey, handler) ?? read<boolean>(publicKey, controller) ?? false
  const roles: readonly string[] | undefined = read(rolesKey, handler) ?? read(rolesKey, controller)
  const reads = read(readsKey, handler) !== undefined
  const bytes = read<{ rawBytes?: boolean }>('__fastify_route_config__', handler)?.rawBytes === true
  const body = of('body').find(({ schema }) => schema !== undefined)?.schema

  const named = of('param').flatMap(argument => parametersOf('path', argument, components))
  const unnamed = [...path.matchAll(/:(\w+)/g)]
    .map(([, parameter = '']) => parameter)
    .filter(parameter => !named.some(known => known['name'] === parameter))
  const query = of('query').flatMap(argument => parametersOf('query', argument, components))
  if (reads && !query.some(parameter => parameter['name'] === 'after')) query.push(afterParameter)
  const parameters = [
    ...unnamed.map(parameter => ({ name: parameter, in: 'path', required: true, schema: { type: 'string' } })),
    ...named,
    ...query,
  ]

  const problems = [
    ...(body !== undefined || bytes || parameters.length > 0 ? [400] : []),
    ...(open ? [] : [401]),
    ...(roles === undefined ? [] : [403]),
    ...(reads ? [503] : []),
  ]
  return {
    operationId: `${controller.name.replace(/(Routes|Controller)$/, '')}.${name}`,
    tags: [controller.name.replace(/(Routes|Controller)$/, '')],
    summary: answered[0]?.description,
    ...(roles !== undefined && { description: `Needs one of the roles: ${roles.join(', ')}.` }),
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input', components) } } },
    }),
    ...(bytes && { requestBody: { required: true, content: eventForms } }),
    responses: {
      ...Object.fromEntries(answered.map(each => [each.status, answerOf(each, components)])),
      ...Object.fromEntries(problems.map(status => [status, problemResponse(status, components)])),
      default: problemResponse(undefined, components),
    },
  }
}

const answerOf = ({ schema, description }: Answered, components: Json): Json => ({
  description,
  ...(schema !== undefined && { content: { 'application/json': { schema: schemaOf(schema, 'output', components) } } }),
})

const cloudEvent = { type: 'object', description: 'CloudEvents 1.0. Its `data` is held to the contract that its `type` names.' }
const eventForms = {
  'application/json': { schema: { description: 'The data of one event, whose attributes are in the headers ce-*.' } },
  'application/cloudevents+json': { schema: cloudEvent },
  'application/cloudevents-batch+json': { schema: { type: 'array', items: cloudEvent } },
}

const afterParameter = {
  name: 'after',
  in: 'query',
  description: 'Wait (at most 5 s) until what is read from has seen this position.',
  schema: { type: 'integer', minimum: 0 },
}

function parametersOf(place: 'path' | 'query', { data, schema }: Argument, components: Json): Json[] {
  if (schema === undefined) return []
  if (data !== undefined) return [{ name: data, in: place, required: place === 'path', schema: schemaOf(schema, 'input', components) }]
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'object' ? property : {}
    const needed = place === 'path' || required.includes(name)
    return { name, in: place, ...(needed && { required: true }), ...(description !== undefined && { description }), schema: rest }
  })
}

const meanings: Readonly<Record<number, string>> = {
  400: 'Not valid; `errors` names the fields.',
  401: 'No token, or none that is known.',
  403: 'Not permitted to this caller.',
  503: 'Not caught up with `after` within 5 s: try again.',
}

const problemResponse = (status: number | undefined, components: Json): Json => ({
  description: (status === undefined ? undefined : meanings[status]) ?? 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: schemaOf(Problem, 'output', components) } },
})

/** Schemas with an id go to the components, and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): unknown {
  // As a property, so that a schema with an id of its own is a definition like those inside it.
  const { properties, $defs = {} } = z.toJSONSchema(z.strictObject({ it: schema }), { io })
  for (const [id, { id: _, ...definition }] of Object.entries($defs)) {
    const placed = rereferred(definition)
    const present = components[id]
    if (present !== undefined && JSON.stringify(present) !== JSON.stringify(placed))
      throw new Error(`two schemas are called ${id}, or it reads otherwise than it is written`)
    components[id] = placed
  }
  return rereferred(properties?.['it'])
}

const rereferred = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
  )
