import { SetMetadata } from '@nestjs/common'
import { RouteConfig } from '@nestjs/platform-fastify'
import type { z } from 'zod'

/*
 * What a route says about itself beside Nest's own decorators. Bodies, parameters and queries say their schema in Nest's decorator
 * (`@Body({ schema: SignApproval })`, `@Param({ schema: z.object({ id }) })`, `@Query({ schema: PageQuery })`): they are checked by it, and
 * the OpenAPI document shows it.
 */

export const answersKey = 'muster:answers'
export const readsKey = 'muster:reads'

export interface Answered {
  readonly status: number
  readonly schema: z.ZodType | undefined
  readonly description: string
}

/**
 * What the route answers when all is well, for the OpenAPI document. Repeated for several statuses: the one that stands first says what
 * the route is for. Problems are added by themselves.
 */
export const Answers =
  (status: number, schema: z.ZodType | undefined, description: string): MethodDecorator =>
  (_, __, { value }) => {
    if (typeof value !== 'function') throw new Error('only a route answers')
    // Decorators are applied from the last to the first.
    const below: readonly Answered[] = Reflect.getMetadata(answersKey, value) ?? []
    Reflect.defineMetadata(answersKey, [{ status, schema, description }, ...below] satisfies Answered[], value)
  }

/**
 * The read models or subscriptions that the route reads from. With `?after=<position>` the route runs when they have seen that position,
 * and answers 503 `not-caught-up` when they have not within 5 s.
 */
export const Reads = (...names: [string, ...string[]]) => SetMetadata(readsKey, names)

/** `@Body()` of the route is a Buffer with the bytes as they came, for JSON and CloudEvents alike. */
export const RawBytes = () => RouteConfig({ rawBytes: true })
