import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/* The program itself, as a pipeline calls it: another process, in a folder of its own. */

const bin = fileURLToPath(new URL('../bin/muster.mjs', import.meta.url))
const gate = ['gate', '--model', 'credit', '--version', '7', '--environment', 'production', '--endpoint', 'desk', '--output', 'json']

describe('muster, the program', () => {
  let folder: string
  let server: Server
  let url: string
  let goneAfter = Number.POSITIVE_INFINITY
  const asked: { readonly id: string; readonly prefer: string | undefined }[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-bin-'))
    // A server that waits for people once, is away once, and then has decided.
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.method !== 'POST') return response.writeHead(404).end()
        const { id } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string }
        asked.push({ id, prefer: request.headers.prefer as string | undefined })
        if (asked.length === goneAfter) return request.socket.destroy()
        const status = asked.length < goneAfter ? 'waiting' : 'cleared'
        return response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ id, status, reasons: [], position: asked.length }))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  const run = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env: { PATH: process.env['PATH'], ...env } })
    let out = ''
    let told = ''
    child.stdout.on('data', chunk => (out += String(chunk)))
    child.stderr.on('data', chunk => (told += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    return { code, out, told }
  }

  it('runs from any folder', async () =>
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: muster'), told: '' }))

  it('takes a word that it does not know for wrong usage', async () =>
    expect(await run(['publsh'])).toMatchObject({ code: 2, out: '', told: expect.stringContaining('Did you mean publish?') }))

  it('ends a gate with 5 when there is no server', async () =>
    expect(await run(gate, { MUSTER_URL: 'http://127.0.0.1:9' })).toMatchObject({ code: 5, out: '' }))

  it('asks a gate again, under the same id, when the server was away in between', async () => {
    goneAfter = 2
    const { code, out, told } = await run([...gate, '--wait', '30'], { MUSTER_URL: url, MUSTER_TOKEN: 'token' })
    expect({ code, status: (JSON.parse(out) as { status: string }).status }).toEqual({ code: 0, status: 'cleared' })
    expect(told).toContain('waiting: not decided yet')
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    expect(asked.map(({ prefer }) => /^wait=\d+$/.test(prefer ?? ''))).toEqual([true, true, true])
  })
})
