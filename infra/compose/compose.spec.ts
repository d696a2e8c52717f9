import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeSettings } from '@muster/nest-host'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

/* No Docker is needed to see that the composition names what the repository has. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')

const Service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const { services } = z.looseObject({ services: z.record(z.string(), Service) }).parse(parse(read('docker-compose.yml'), { merge: true }))
const built = Object.entries(services).filter(([, { image }]) => image === 'muster')
/** Those that are Muster. A witness has settings of its own, and nobody reaches it through the proxy. */
const ours = built.filter(([name]) => name !== 'witness')

describe('The composition', () => {
  it('sets settings that exist', () => {
    const known = new Set(describeSettings().map(({ variable }) => variable))
    const set = ours.flatMap(([, { environment = {} }]) => Object.keys(environment))
    expect(set.filter(variable => !known.has(variable))).toEqual([])
  })

  it('gives each service the port at which the proxy looks for it, under the name that the proxy is told', () => {
    const upstreams = [...read('infra/proxy/nginx.conf').matchAll(/upstream (\w+) \{ server 127\.0\.0\.1:(\d+);/g)]
    expect(upstreams).toHaveLength(ours.length - 1)
    const proxy = services['proxy']?.command?.join(' ') ?? ''
    for (const [, name = '', port = ''] of upstreams) {
      expect(services[name]?.environment?.['MUSTER_HTTP_PORT']).toBe(Number(port))
      expect(proxy).toContain(`s/127.0.0.1:${port}/${name}:${port}/`)
    }
  })

  it('gives the witness what its program reads', () => {
    const program = read('services/witness/src/main.ts')
    const set = Object.keys(services['witness']?.environment ?? {})
    expect(set.filter(variable => !program.includes(`'${variable}'`))).toEqual([])
    expect(set).toContain('MUSTER_WITNESS_LOGS')
  })

  it('starts bundles that the build makes', () => {
    for (const [name, { command }] of built) {
      const entry = command?.at(-1) ?? 'services/all-in-one/dist/main.mjs'
      expect([name, existsSync(`${root}/${entry.replace('dist/main.mjs', 'src/main.ts')}`)]).toEqual([name, true])
    }
  })
})
