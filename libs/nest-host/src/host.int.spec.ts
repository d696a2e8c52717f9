import { once } from 'node:events'
import type { EventStore, Outcome } from '@muster/event-store'
import { Body, Controller, Get, HttpCode, Inject, Module, Param, Post, Query, Res, type OnModuleInit } from '@nestjs/common'
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { freshDatabase } from '../../../infra/test/database.ts'
import { answer } from './answer.ts'
import { Caller, Public, Roles } from './caller.ts'
import { CommandMessage, FromRequest, type Origin } from './command.ts'
import { Commands } from './commands.ts'
import { createHost, type CreatedHost } from './create-host.ts'
import type { Reply } from './http.ts'
import { PreferWait } from './prefer.ts'
import { Answers, RawBytes } from './routes.ts'
import { EVENT_STORE, LOG_TAIL, PEOPLE, START_WORK, TICKS, type LogTail, type People, type StartWork, type Ticks } from './tokens.ts'

/* A small module with one route of each kind, run by the host on a real PostgreSQL. */

const PaintThing = z.strictObject({ colour: z.string().min(3), coats: z.int().optional() }).meta({ id: 'PaintThing' })
type PaintThing = z.infer<typeof PaintThing>
const ById = z.object({ id: z.string().max(5) })
const Filter = z.object({ limit: z.coerce.number().int().max(10).default(3) })

type Rejection = 'not-found' | 'already-painted'
type PaintCommand = { readonly type: 'paint-thing' | 'break-thing'; readonly colour: string }

class ThingMessage extends CommandMessage<PaintCommand, Outcome<Rejection>> {
  override permits({ id }: Caller): boolean {
    return id === 'omar'
  }
}

@CommandHandler(ThingMessage)
class ThingHandler implements ICommandHandler<ThingMessage> {
  readonly seen: Origin[] = []
  execute({ id, command, origin }: ThingMessage): Promise<Outcome<Rejection>> {
    this.seen.push(origin)
    if (command.type === 'break-thing') throw new Error('password=hunter2')
    return Promise.resolve(id === 'none' ? { kind: 'rejected', rejection: 'not-found' } : { kind: 'unchanged', position: 42 })
  }
}

@Controller('v1/things')
class ThingRoutes implements OnModuleInit {
  started = 0
  ticked = 0
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(LOG_TAIL) private readonly tail: LogTail,
    @Inject(START_WORK) private readonly startWork: StartWork,
    @Inject(TICKS) private readonly ticks: Ticks,
  ) {}

  onModuleInit() {
    this.startWork.add('count', async () => void (this.started += (await this.store.head()) + 1))
    this.ticks.every('count', 3_600_000, () => Promise.resolve(void (this.ticked += 1)))
  }

  @Get()
  @Answers(200, undefined, 'What was asked.')
  list(@Query({ schema: Filter }) query: z.infer<typeof Filter>, @Caller() caller: Caller, @PreferWait() wait: number) {
    return { query, caller, wait, person: this.people.personOf('tom@example.org', 'any'), started: this.started, ticked: this.ticked }
  }

  @Get(':id')
  @Public()
  show(@Param({ schema: ById }) { id }: z.infer<typeof ById>) {
    return { id }
  }

  @Post(':id/paint')
  @HttpCode(200)
  async paint(
    @Param('id') id: string,
    @Body({ schema: PaintThing }) { colour }: PaintThing,
    @FromRequest() origin: Origin,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const outcome = await this.commands.send(
      new ThingMessage(id, { type: colour === 'broken' ? 'break-thing' : 'paint-thing', colour }, origin),
    )
    return {
      position: answer(reply, outcome, { 'not-found': [404, 'there is no such thing'], 'already-painted': [409, 'it has its colour'] }),
    }
  }

  @Post('bytes')
  @RawBytes()
  bytes(@Body() bytes: Buffer) {
    return { buffer: Buffer.isBuffer(bytes), text: bytes.toString('utf8').slice(0, 100), length: bytes.length }
  }

  @Post('operators')
  @Roles('operator')
  operators() {
    return {}
  }

  @Get('long/wait')
  async long() {
    return { found: (await this.tail.waitFor(event => event.id, { after: 0, timeoutMs: 60_000 })) ?? 'nothing' }
  }
}

@WebSocketGateway({ path: '/v1/echo' })
class EchoGateway {
  constructor(@Inject(PEOPLE) private readonly people: People) {}

  @SubscribeMessage('echo')
  echo(@MessageBody() text: string) {
    return { event: 'echo', data: [text, this.people.personOf('tom', '/muster')] }
  }
}

@Module({ controllers: [ThingRoutes], providers: [ThingHandler, EchoGateway] })
class ThingModule {}

/** What comes by itself is waited for, on a slow machine too. */
function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 20_000 })
}

describe('A host', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  const loud = { MUSTER_LOG_LEVEL: 'fatal' }

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([ThingModule], { databaseUrl: database.url, settings: loud })
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  const ask = async (path: string, { as = 'omar', ...init }: RequestInit & { as?: string } = {}) => {
    const authorization: Record<string, string> = as === '' ? {} : { authorization: `Bearer ${host.tokens[as] ?? as}` }
    const response = await fetch(`${host.url}${path}`, {
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string>) },
    })
    const text = await response.text()
    const body: Record<string, unknown> = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : { text }
    return { status: response.status, headers: response.headers, body }
  }
  const post = (path: string, body: unknown, more: RequestInit & { as?: string } = {}) =>
    ask(path, {
      method: 'POST',
      ...more,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(more.headers as Record<string, string>) },
    })

  it('answers nobody without a token, except for health and documentation', async () => {
    for (const path of ['/health/live', '/health/ready', '/openapi.json', '/v1/things/a', '/metrics'])
      expect(await ask(path, { as: '' }), path).toMatchObject({ status: 200 })
    const refused = await ask('/v1/things', { as: '' })
    expect(refused).toMatchObject({ status: 401, body: { type: 'urn:muster:problem:not-authorised', status: 401 } })
    expect(refused.headers.get('content-type')).toMatch('application/problem+json')
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="muster"')
    expect(await ask('/v1/things', { as: 'made-up-token' })).toMatchObject({ status: 401 })
  })

  it('tells figures to a proxied stranger only with a token', async () => {
    expect(await ask('/metrics', { as: '', headers: { 'x-forwarded-for': '10.1.1.1' } })).toMatchObject({ status: 401 })
    expect(await ask('/metrics', { headers: { 'x-forwarded-for': '10.1.1.1' } })).toMatchObject({ status: 200 })
    expect((await ask('/metrics')).body['text']).toContain(
      'muster_http_request_seconds_count{method="GET",route="/v1/things/:id",status="200"}',
    )
  })

  it('gives a route its caller, its checked query and what it would wait', async () =>
    expect(await ask('/v1/things?limit=7', { as: 'ana', headers: { prefer: 'wait=9' } })).toMatchObject({
      status: 200,
      body: {
        query: { limit: 7 },
        caller: { kind: 'person', id: 'ana', roles: ['model-risk'], name: 'person:ana' },
        wait: 9,
        person: 'tom',
        started: 1,
      },
    }))

  it('lets a role in, and nobody else', async () => {
    expect(await post('/v1/things/operators', {})).toMatchObject({ status: 201 })
    expect(await post('/v1/things/operators', {}, { as: 'ana' })).toMatchObject({
      status: 403,
      body: { type: 'urn:muster:problem:not-permitted' },
    })
  })

  it('sends a command for whoever may, and says where in the log it stands', async () => {
    const painted = await post('/v1/things/a/paint', { colour: 'blue' })
    expect(painted).toMatchObject({ status: 200, body: { position: 42 } })
    expect(painted.headers.get('muster-position')).toBe('42')
    expect(await post('/v1/things/a/paint', { colour: 'blue' }, { as: 'ana' })).toMatchObject({
      status: 403,
      body: { detail: 'person:ana may not paint thing a' },
    })
    expect(await post('/v1/things/none/paint', { colour: 'blue' })).toMatchObject({
      status: 404,
      body: { detail: 'there is no such thing' },
    })
    expect((await ask('/metrics')).body['text']).toContain('muster_command_seconds_count{command="paint-thing",outcome="unchanged"} 1')
  })

  it('takes a repeated Idempotency-Key of one caller as the same cause', async () => {
    const { seen } = host.app.get(ThingHandler)
    seen.length = 0
    const key = { headers: { 'idempotency-key': 'k1' } }
    await post('/v1/things/a/paint', { colour: 'blue' }, key)
    await post('/v1/things/a/paint', { colour: 'blue' }, key)
    await post('/v1/things/a/paint', { colour: 'blue' })
    const [first, second, third] = seen
    expect(first?.cause).toBe('person:omar k1')
    expect(second?.cause).toBe(first?.cause)
    expect(third?.cause).not.toBe(first?.cause)
    expect(first?.actor).toEqual({ kind: 'person', id: 'omar' })
  })

  it('names every field that is wrong', async () => {
    expect(await post('/v1/things/a/paint', { colour: 'x', coats: 1.5, size: 2 })).toMatchObject({
      status: 400,
      body: { type: 'urn:muster:problem:invalid', errors: expect.arrayContaining([{ pointer: '/size', message: expect.any(String) }]) },
    })
    expect(await ask('/v1/things?limit=11')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/limit' }] } })
    expect(await ask('/v1/things/abcdefg', { as: '' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/id' }] } })
  })

  it('answers what never reaches a route with a problem too', async () => {
    expect(await post('/v1/things/a/paint', '{')).toMatchObject({ status: 400, body: { type: 'urn:muster:problem:malformed' } })
    expect(await post('/v1/things/a/paint', '{"__proto__":{}}')).toMatchObject({ status: 400 })
    expect(await post('/v1/things/a/paint', '<a/>', { headers: { 'content-type': 'text/xml' } })).toMatchObject({
      status: 415,
      body: { type: 'urn:muster:problem:unsupported-media-type', detail: 'this address takes application/json, and not text/xml' },
    })
    expect(await post('/v1/things/bytes', 'a', { headers: { 'content-type': 'text/plain' } })).toMatchObject({
      status: 415,
      body: {
        detail:
          'this address takes application/json, application/cloudevents+json or application/cloudevents-batch+json, and not text/plain',
      },
    })
    expect(await post('/v1/things/a/paint', '{}', { headers: { 'content-type': 'application/cloudevents+json' } })).toMatchObject({
      status: 415,
    })
    expect(await post('/v1/things/a/paint', `"${'x'.repeat(600_000)}"`)).toMatchObject({
      status: 413,
      body: { type: 'urn:muster:problem:too-large' },
    })
    expect(await ask('/v1/nothing')).toMatchObject({ status: 404, body: { type: 'urn:muster:problem:not-found' } })
  })

  it('tells nobody outside what broke inside', async () => {
    const broken = await post('/v1/things/a/paint', { colour: 'broken' })
    expect(broken).toMatchObject({ status: 500, body: { type: 'urn:muster:problem:internal' } })
    expect(JSON.stringify(broken.body)).not.toContain('hunter2')
  })

  it('gives bytes as they came to a route that wants them, up to 4 MiB', async () => {
    const odd = '{ "a": 1, "a": 2 }'
    for (const type of ['application/json', 'application/cloudevents+json; charset=utf-8', 'application/cloudevents-batch+json'])
      expect(await post('/v1/things/bytes', odd, { headers: { 'content-type': type } })).toMatchObject({
        body: { buffer: true, text: odd },
      })
    expect(await post('/v1/things/bytes', 'x'.repeat(4_000_000))).toMatchObject({ status: 201, body: { length: 4_000_000 } })
    expect(await post('/v1/things/bytes', 'x'.repeat(4_200_000))).toMatchObject({ status: 413 })
  })

  it('runs a tick by itself and when a test asks for it', async () => {
    await eventually(async () => (await ask('/v1/things')).body['ticked']).toBe(1)
    await host.tick('count')
    expect((await ask('/v1/things')).body).toMatchObject({ ticked: 2 })
  })

  it('talks on WebSockets at the same port', async () => {
    const socket = new WebSocket(`${host.url.replace('http', 'ws')}/v1/echo`)
    await once(socket, 'open')
    socket.send(JSON.stringify({ event: 'echo', data: 'hello' }))
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toEqual({ event: 'echo', data: ['hello', 'tom'] })
    socket.close()
  })

  it('serves the document of its modules', async () => {
    const paths = Object.keys(Object((await ask('/openapi.json')).body['paths']))
    expect(paths).toEqual(expect.arrayContaining(['/v1/things/{id}/paint', '/health/ready']))
  })

  it('refuses to start on a port that is taken, in one sentence, and leaves nothing', async () => {
    const port = new URL(host.url).port
    await expect(createHost([ThingModule], { databaseUrl: database.url, settings: { ...loud, MUSTER_HTTP_PORT: port } })).rejects.toThrow(
      `port ${port} on 127.0.0.1 is taken by another program: stop it, or set MUSTER_HTTP_PORT to another port`,
    )
  })

  it('answers those who wait before it stops, and does not keep them', async () => {
    const other = await createHost([ThingModule], { databaseUrl: database.url, settings: loud })
    const headers = { authorization: `Bearer ${other.tokens['ana'] ?? ''}` }
    const waiting = fetch(`${other.url}/v1/things/long/wait`, { headers }).then(response => response.json())
    // The request is in the house once the connection is counted.
    const server = other.app.getHttpServer()
    await eventually(() => new Promise(resolve => server.getConnections((_, count) => resolve(count)))).toBe(1)
    const began = Date.now()
    await other.stop()
    expect(Date.now() - began).toBeLessThan(3_000)
    await expect(waiting).resolves.toEqual({ found: 'nothing' })
    await expect(fetch(`${other.url}/health/live`)).rejects.toThrow('fetch failed')
  })
})
