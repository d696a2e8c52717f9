import type { Problem } from '@muster/contracts'
import { exit } from './exit.ts'
import { Failure } from './failure.ts'
import { failureOf } from './problem.ts'

/* One Muster server over HTTP. The server validates what it answers by the contracts, so an answer is taken as its contract says. */

export interface Answer<Body> {
  readonly status: number
  /** `Muster-Position`: give it as `after` to read what was written. */
  readonly position?: number
  readonly body: Body
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** These are answers and no failures, such as 409 for a batch. */
  readonly accept?: readonly number[]
  readonly timeoutMs?: number
}

export interface Client {
  readonly url: string
  readonly token: string | undefined
  /** @throws Failure for every answer that is a problem, and when there is none. */
  get<Body>(path: string, query?: Query): Promise<Answer<Body>>
  /** What is no JSON: lines of events, signed notes, tiles. @throws Failure as `get` does. */
  bytes(path: string, query?: Query): Promise<Uint8Array>
  /** A string is sent as it is. */
  post<Body>(path: string, body: unknown, options?: PostOptions): Promise<Answer<Body>>
}

const patience = 30_000

export function makeClient(url: string, token: string | undefined): Client {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const reach = async (path: string, init: RequestInit, timeoutMs: number): Promise<{ response: Response; bytes: Uint8Array }> => {
    try {
      const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(timeoutMs) })
      return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
    } catch (error) {
      throw new Failure(`${url} cannot be reached (${reasonOf(error)}): is Muster running there? --url names another`, exit.unreachable, {
        cause: error,
      })
    }
  }
  const ask = async <Body>(path: string, init: RequestInit, { accept = [], timeoutMs = patience }: PostOptions): Promise<Answer<Body>> => {
    const headers = { accept: 'application/json', ...authorization, ...init.headers }
    const { response, bytes } = await reach(path, { ...init, headers }, timeoutMs)
    const body = parsed(new TextDecoder().decode(bytes))
    if (!response.ok && !accept.includes(response.status)) throw failureOf(problemIn(body, response), token !== undefined)
    if (body === undefined) throw new Failure(`${url}${path} did not answer JSON: is this a Muster?`, exit.unreachable)
    const position = response.headers.get('muster-position')
    return { status: response.status, body: body as Body, ...(position !== null && { position: Number(position) }) }
  }
  return {
    url,
    token,
    get: (path, query = {}) => ask(`${path}${queryOf(query)}`, {}, {}),
    bytes: async (path, query = {}) => {
      const { response, bytes } = await reach(`${path}${queryOf(query)}`, { headers: { ...authorization } }, patience)
      if (!response.ok) throw failureOf(problemIn(parsed(new TextDecoder().decode(bytes)), response), token !== undefined)
      return bytes
    },
    post: (path, body, options = {}) => {
      const headers = { 'content-type': 'application/json', ...options.headers }
      return ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers }, options)
    },
  }
}

function queryOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemIn(body: unknown, { status, statusText }: Response): Problem {
  const isProblem = typeof body === 'object' && body !== null && 'title' in body && 'status' in body
  return isProblem ? (body as Problem) : { type: 'about:blank', title: `the server answered ${status} ${statusText}`.trim(), status }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'it did not answer in time'
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.message
}
