import type { HttpServer } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'

/* What routes see of HTTP: the server's own types, by way of Nest, so that no service depends on the server's package. */

type Adapter = ReturnType<NestFastifyApplication['getHttpAdapter']>
export type Request = Adapter extends HttpServer<infer R> ? R : never
export type Reply = Adapter extends HttpServer<infer _, infer R> ? R : never
