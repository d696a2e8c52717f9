import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { NonEmpty } from '@muster/kernel'
import {
  cosign,
  judgeCheckpoint,
  readAddCheckpoint,
  readCheckpointText,
  readNote,
  type Ed25519Verify,
  type LogKey,
  type Signer,
  type TreeHasher,
} from '@muster/ledger'
import type { Cosigned } from './cosigned.ts'

/*
 * A witness (c2sp.org/tlog-witness): cosigns a checkpoint of a log that it knows when it continues the last one that it cosigned, and keeps that before
 * it answers. So whoever asks for its cosignature cannot be told two stories, whatever became of the log's key.
 */

export interface WitnessParts {
  readonly hasher: TreeHasher
  readonly verify: Ed25519Verify
  readonly signer: Signer
  /** By origin. */
  readonly logs: ReadonlyMap<string, NonEmpty<LogKey>>
  readonly cosigned: Cosigned
  /** In milliseconds since 1970. */
  readonly now: () => number
  readonly tell: (what: Readonly<Record<string, unknown>>, message: string) => void
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Another process may be first, again and again; then somebody is playing games. */
const mostAttempts = 5

export async function addCheckpoint(parts: WitnessParts, input: Uint8Array): Promise<Answer> {
  const { hasher, verify, signer, logs, cosigned, now, tell } = parts
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const origin = originOf(input)
    const standing = origin !== undefined && logs.has(origin) ? await cosigned.latest(origin) : { number: 0, head: undefined }
    const decision = judgeCheckpoint({ hasher, verify }, logs, () => standing.head, input)
    switch (decision.kind) {
      case 'refuse':
        tell({ origin, status: decision.status }, decision.message)
        return { status: decision.status, body: `${decision.known ?? decision.message}\n` }
      case 'cosign':
        if (origin === undefined || !(await cosigned.advance(origin, standing, decision.next))) continue
        tell({ origin, size: decision.next.size }, 'cosigned')
        return { status: 200, body: cosign(decision.text, Math.floor(now() / 1_000), signer) }
    }
  }
  return { status: 503, body: 'others were first each time: try again\n' }
}

/** Of which log a request claims to be. What it is worth is judged later. */
function originOf(input: Uint8Array): string | undefined {
  const request = readAddCheckpoint(input)
  const note = request.ok ? readNote(request.value.checkpoint) : request
  const checkpoint = note.ok ? readCheckpointText(note.value.text) : note
  return checkpoint.ok ? checkpoint.value.origin : undefined
}

/** A checkpoint and its proof are some kilobytes. */
const longestRequest = 512 * 1024
const patience = 10_000

export function witnessServer(parts: WitnessParts): Server {
  const server = createServer((request, response) => {
    void answer(parts, request).then(
      found => send(response, found),
      (error: unknown) => {
        parts.tell({ err: error }, 'a request failed')
        send(response, { status: 500, body: 'the witness failed, and cosigned nothing\n' })
      },
    )
  })
  server.requestTimeout = patience
  server.headersTimeout = patience
  return server
}

async function answer(parts: WitnessParts, request: IncomingMessage): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://witness').pathname
  if (request.method === 'GET' && path === '/health') return { status: 200, body: 'ok\n' }
  if (path !== '/add-checkpoint') return { status: 404, body: 'POST /add-checkpoint is all that there is\n' }
  if (request.method !== 'POST') return { status: 405, body: 'only POST\n' }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longestRequest) return { status: 413, body: `a request has at most ${longestRequest} bytes\n` }
    chunks.push(chunk)
  }
  return await addCheckpoint(parts, Buffer.concat(chunks))
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    'content-type': status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8',
    ...(status === 413 && { connection: 'close' }),
  })
  response.end(body)
}
