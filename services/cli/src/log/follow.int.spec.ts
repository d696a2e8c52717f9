import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { LogEntry } from '@muster/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { makeClient } from '../client.ts'
import { Failure } from '../failure.ts'
import { fakeTerminal } from '../testing/terminal.ts'
import { follow } from './follow.ts'

/* A server that behaves badly on purpose. */

describe('Following the log', () => {
  let server: WebSocketServer | undefined
  afterEach(() => {
    for (const socket of server?.clients ?? []) socket.terminate()
    server?.close()
  })

  const listen = async (port: number, onSocket: (socket: WebSocket, query: URLSearchParams, token: string | undefined) => void) => {
    server = new WebSocketServer({ host: '127.0.0.1', port })
    server.on('connection', (socket, { url = '', headers }) => {
      onSocket(socket, new URL(url, 'ws://localhost').searchParams, headers.authorization)
    })
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const send = (socket: WebSocket, ...positions: number[]) => {
    for (const position of positions) socket.send(JSON.stringify({ position }))
  }

  it('goes on behind what it saw when the connection is lost, and misses and repeats nothing', async () => {
    const asked: string[] = []
    const port = await listen(0, (socket, query, token) => {
      asked.push(`${query.get('after')} ${query.get('category')} ${token}`)
      const after = Number(query.get('after'))
      send(socket, after + 1, after + 2)
      if (asked.length < 3) socket.close()
    })
    const interrupted = new AbortController()
    const terminal = fakeTerminal({ interrupted: interrupted.signal })
    const seen: number[] = []
    await follow(makeClient(`http://127.0.0.1:${port}`, 'secret'), terminal, 7, { category: 'deployment' }, ({ position }: LogEntry) => {
      seen.push(position)
      if (seen.length === 6) interrupted.abort()
    })
    expect(seen).toEqual([8, 9, 10, 11, 12, 13])
    expect(asked).toEqual([7, 9, 11].map(after => `${after} deployment Bearer secret`))
    expect(terminal.told()).toContain('the connection was lost')
  })

  it.each([
    [4401, 4],
    [1008, 4],
    [1007, 2],
  ])('ends when the server closes with %i, with exit code %i', async (code, exitCode) => {
    const port = await listen(0, socket => socket.close(code, 'because'))
    const failure = await follow(makeClient(`http://127.0.0.1:${port}`, undefined), fakeTerminal(), 0, {}, () => undefined).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({ message: 'because', exitCode })
  })

  it('ends when nobody ever answered', async () => {
    const failure = follow(makeClient('http://127.0.0.1:9', undefined), fakeTerminal(), 0, {}, () => undefined)
    await expect(failure).rejects.toMatchObject({ exitCode: 5 })
  })
})
