import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from '../../../infra/test/eventually.ts'

const configuration = fileURLToPath(new URL('../../../infra/proxy/nginx.conf', import.meta.url))

/** A real nginx with the configuration of the repository, whose fixed ports are exchanged for free ones. */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-proxy-'))
  // Started as root, nginx works as somebody else, who must be able to pass.
  chmodSync(folder, 0o755)
  const text = Object.entries(ports).reduce(
    (conf, [standard, port]) => conf.replaceAll(`127.0.0.1:${standard}`, `127.0.0.1:${port}`),
    readFileSync(configuration, 'utf8'),
  )
  writeFileSync(join(folder, 'nginx.conf'), text)
  const nginx = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], { stdio: 'inherit' })
  const exited = once(nginx, 'exit')
  const url = `http://127.0.0.1:${ports['7070']}`
  await eventually(async () => ((await fetch(`${url}/health/live`)).ok ? true : undefined), 'the proxy to answer')
  return {
    url,
    async stop() {
      nginx.kill('SIGTERM')
      await exited
    },
  }
}
