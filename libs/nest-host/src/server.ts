import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { flawIn, type Flaw } from './json-flaws.ts'
import type { Meters } from './meters.ts'
import { ProblemError } from './problem.ts'

/* The HTTP server: limits, bodies, request ids, figures. Answers are about now and about one caller, so nobody keeps them. */

/** A batch of events is the longest that anybody sends; what else comes is far shorter. */
export const longestBatch = 4 * 1024 * 1024
export const longestBody = 512 * 1024
const deepestBody = 64

const json = 'application/json'
const cloudEvents = ['application/cloudevents+json', 'application/cloudevents-batch+json']

export function makeAdapter(meters: Meters): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: longestBatch,
    genReqId: () => randomUUID(),
    // Connections that are kept alive would keep a drain waiting.
    forceCloseConnections: 'idle',
    // Names are up to 200 bytes encoded, and a subject has two.
    routerOptions: { maxParamLength: 1_000 },
  })
  const server = adapter.getInstance()
  const parseJson = server.getDefaultJsonParser('error', 'error')

  server.removeAllContentTypeParsers()
  server.addContentTypeParser([json, ...cloudEvents], { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (wantsBytes(request.routeOptions.config)) return done(null, body)
    if (cloudEvents.some(type => request.headers['content-type']?.startsWith(type))) return done(unsupported(request))
    if (body.length > longestBody) return done(new ProblemError(413, 'too-large', `a body has at most ${longestBody} bytes here`))
    const text = body.toString('utf8')
    return void parseJson(request, text, (error, value) => {
      const flaw = error === null ? flawIn(text, deepestBody) : undefined
      if (flaw === undefined) done(error, value)
      else done(flawed(flaw))
    })
  })
  server.addContentTypeParser('*', (request, _, done) => done(unsupported(request)))
  server.addHook('onRequest', (_, reply, done) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    meters.http.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000)
    done()
  })
  return adapter
}

function unsupported({ headers, routeOptions }: { headers: IncomingHttpHeaders; routeOptions: { config: object } }): ProblemError {
  const taken = wantsBytes(routeOptions.config) ? `${json}, ${cloudEvents.join(' or ')}` : json
  const given = headers['content-type'] ?? 'a body without a content type'
  return new ProblemError(415, 'unsupported-media-type', `this address takes ${taken}, and not ${given}`)
}

const flawed = ({ message, path }: Flaw): ProblemError =>
  new ProblemError(400, 'invalid', `${path === '' ? 'body' : path}: ${message}`, {
    title: 'The body is not valid',
    errors: [{ pointer: path, message }],
  })

const wantsBytes = (config: object): boolean => 'rawBytes' in config && config.rawBytes === true
