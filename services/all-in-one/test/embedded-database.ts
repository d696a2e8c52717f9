import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MusterProcess } from './muster.process.ts'

export interface EmbeddedDatabase {
  readonly folder: string
  readonly pid: number
  readonly url: string
}

/** The database that a Muster says it has started, as it runs now: after it was killed the pid is another one. */
export function embeddedDatabase(muster: MusterProcess): EmbeddedDatabase {
  const [, folder = ''] = /its data is in ([^\s"]+)/.exec(muster.output()) ?? []
  const [pid = '', , , port = ''] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(folder, 'password'), 'utf8').trim()
  return { folder, pid: Number(pid), url: `postgres://muster:${password}@127.0.0.1:${port}/muster` }
}
