import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** A port before the server's, at which connections can be cut and refused. */
export interface Front {
  readonly port: number
  /** Ends every connection at once, in the middle of whatever it carries. */
  cut(): void
  /** No connection gets through until it is opened again. */
  shut(): void
  open(): void
  /** Connections stand, and nothing passes. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

export async function frontOf(port: number): Promise<Front> {
  const sockets = new Set<Socket>()
  let isShut = false
  let isFrozen = false
  const server = createServer(socket => {
    if (isShut) return void socket.destroy()
    const inner = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      if (isFrozen) one.pause()
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.on('data', bytes => {
        if (!other.write(bytes)) one.pause()
      })
      one.on('drain', () => {
        if (!isFrozen) other.resume()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    shut() {
      isShut = true
      cut()
    },
    open() {
      isShut = false
    },
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    async close() {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
