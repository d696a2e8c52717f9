import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { usage } from './failure.ts'
import { home } from './home.ts'

/* The people that a Muster without configuration has made up, and their tokens: `demo-tokens.json` beside its database. */

const DemoTokens = z.object({
  url: z.string(),
  tokens: z.array(z.object({ name: z.string(), roles: z.array(z.string()), token: z.string() })),
})
export type DemoTokens = z.infer<typeof DemoTokens> & { readonly file: string }
export type DemoPerson = DemoTokens['tokens'][number]

/** Those of the data folder that is configured; else of `.muster` in the working folder, or in the folder that `muster` comes from. */
export function findDemoTokens(dataDir: string | undefined, cwd: string, root = home()): DemoTokens | undefined {
  const folders =
    dataDir === undefined ? [resolve(cwd, '.muster'), resolve(root, '.muster')] : [resolve(cwd, dataDir), resolve(root, dataDir)]
  for (const folder of new Set(folders)) {
    const found = readDemoTokens(resolve(folder, 'demo-tokens.json'))
    if (found !== undefined) return found
  }
  return undefined
}

function readDemoTokens(file: string): DemoTokens | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw usage(`the demo tokens in ${file} cannot be read: name the server by --url and yourself by --token`)
  }
  try {
    return { ...DemoTokens.parse(JSON.parse(text)), file }
  } catch {
    throw usage(`the demo tokens in ${file} are damaged: name the server by --url and yourself by --token`)
  }
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
