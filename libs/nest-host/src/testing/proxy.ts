import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Proxy {
  /** The given address, by way of the proxy. */
  readonly url: string
  /** As if the server were gone: connections break, and new ones are refused. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Stands between a program and its server, so that the server can go away for this program alone. */
export async function proxyTo(target: string): Promise<Proxy> {
  const { hostname, port: behind } = new URL(target)
  const sockets = new Set<Socket>()
  const carry = (client: Socket): void => {
    const server = connect(Number(behind), hostname)
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      sockets.add(one)
      // What breaks one end breaks the other; the program on it sees that.
      one.on('error', () => other.destroy())
      one.on('close', () => (sockets.delete(one), other.destroy()))
      one.pipe(other)
    }
  }
  let listening = await listen(0)
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  async function listen(at: number): Promise<Server> {
    const server = createServer(carry).listen(at, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    async cut() {
      const closed = once(listening, 'close')
      listening.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async mend() {
      listening = await listen(port)
    },
  }
}
