import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/** Opens the door. @throws StartError for an address that is taken, not ours or not allowed. */
export async function listen(app: NestFastifyApplication, { http: { host, port } }: Settings): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE')
      throw new StartError(`port ${port} on ${host} is taken by another program: stop it, or set MUSTER_HTTP_PORT to another port`, {
        cause: error,
      })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartError(`${host} is no address of this machine: set MUSTER_HTTP_HOST to one that is`, { cause: error })
    if (code === 'EACCES')
      throw new StartError(`port ${port} is not allowed to this user: set MUSTER_HTTP_PORT to one above 1023`, { cause: error })
    throw error
  }
}
