import { holdInstanceLock, startEmbeddedPostgres } from '@muster/embedded-postgres'
import type { Logger } from 'pino'
import type { Settings } from './settings.ts'

export interface Database {
  readonly url: string
  close(): Promise<void>
}

/** The one that is configured, or the embedded one, which belongs to one Muster at a time: `onLost` hears when another one took it. */
export async function openDatabase(
  { database: { url }, data }: Settings,
  logger: Logger,
  signal: AbortSignal,
  onLost: (error: Error) => void,
): Promise<Database> {
  if (url !== undefined) return { url, close: () => Promise.resolve() }
  const server = await startEmbeddedPostgres({ dataDir: data.dir, log: line => logger.info(line), signal })
  try {
    const release = await holdInstanceLock(server.url, onLost)
    logger.info(`the embedded database ${server.adopted ? 'runs already and is taken over' : 'runs'}, its data is in ${server.dataDir}`)
    return {
      url: server.url,
      async close() {
        await release()
        await server.stop()
      },
    }
  } catch (error) {
    // The other Muster's server, or one that did not let us in: leave it to whoever holds it.
    if (!server.adopted) await server.stop()
    throw error
  }
}
