import { startEmbeddedPostgres } from '../embedded-postgres.ts'

/* A program that does what Muster does with its database, for the tests to kill: node <bundle of this> <data folder>. */

const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())
setInterval(() => undefined, 60_000)

try {
  const server = await startEmbeddedPostgres({
    dataDir: String(process.argv[2]),
    log: line => console.error(line),
    signal: stopping.signal,
  })
  console.log(JSON.stringify({ url: server.url, pid: server.pid(), adopted: server.adopted }))
  if (!stopping.signal.aborted) await new Promise(done => stopping.signal.addEventListener('abort', done))
  await server.stop()
} catch (error) {
  if (!stopping.signal.aborted) throw error
}
process.exit()
