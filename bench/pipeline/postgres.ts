import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/src/index.ts'

/** A new PostgreSQL of the embedded default, settings and all, in a temporary folder; both contenders have a database of their own on it. */
export async function startPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-bench-postgres-'))
  // As root it runs as another user, who must be able to get there.
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir, log: () => {} })
  const kill = (): void => endIfAlive(server.pid())
  process.once('exit', kill)
  return {
    url: server.url,
    async stop() {
      process.off('exit', kill)
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function endIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
