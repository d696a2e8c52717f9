import type { FastifyReply, FastifyRequest } from 'fastify'

/* What routes see of HTTP, so that no service depends on the server's package. */

export type Request = FastifyRequest
export type Reply = FastifyReply
