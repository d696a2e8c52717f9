import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { IdentitySettings } from './identity.ts'
import { hashOfToken } from './people.ts'
import { StartError } from './start-error.ts'

/*
 * Who is known where nobody said who is known: four people and a pipeline, each with a token that is made once and kept in
 * `demo-tokens.json` beside the embedded database, readable by its owner only. Every source may speak for them. That is fit for a look
 * around on one machine and for nothing else, so it is refused on an address that others can reach.
 */

const cast = [
  { name: 'tom', does: 'trains models', roles: [] },
  { name: 'rita', does: 'asks for deployments, and may agree to those of others', roles: ['model-risk'] },
  { name: 'ana', does: 'agrees or not, for model risk', roles: ['model-risk'] },
  { name: 'omar', does: 'looks after Muster and its policies', roles: ['operator', 'policy-admin', 'privacy-officer'] },
  { name: 'ci', does: 'is the pipeline', roles: ['publisher'], service: true },
] as const

const DemoToken = z.strictObject({
  name: z.string(),
  person: z.string().optional(),
  service: z.string().optional(),
  roles: z.array(z.string()),
  token: z.string().min(32),
})
const DemoTokens = z.strictObject({ url: z.string(), tokens: z.array(DemoToken) })
export type DemoTokens = z.infer<typeof DemoTokens>

export const demoTokensFile = (folder: string): string => join(folder, 'demo-tokens.json')

export function makeDemoTokens(): DemoTokens {
  const tokens = cast.map(member => ({
    name: member.name,
    ...('service' in member ? { service: member.name } : { person: member.name }),
    roles: [...member.roles],
    token: randomBytes(24).toString('base64url'),
  }))
  return { url: '', tokens }
}

/** Those of an earlier start, or new ones. */
export function keepDemoTokens(folder: string): DemoTokens {
  const kept = readKept(demoTokensFile(folder))
  if (kept !== undefined) return kept
  const made = makeDemoTokens()
  mkdirSync(folder, { recursive: true })
  saveDemoTokens(folder, made)
  return made
}

export function saveDemoTokens(folder: string, tokens: DemoTokens): void {
  const file = demoTokensFile(folder)
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, `${JSON.stringify(tokens, undefined, 2)}\n`, { mode: 0o600 })
  chmodSync(beside, 0o600)
  renameSync(beside, file)
}

function readKept(file: string): DemoTokens | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new StartError(`the demo tokens in ${file} cannot be read: delete the file, and new ones are made`, { cause: error })
  }
  try {
    return DemoTokens.parse(JSON.parse(text))
  } catch (cause) {
    throw new StartError(`the demo tokens in ${file} are damaged: delete the file, and new ones are made`, { cause })
  }
}

export const demoIdentity = ({ tokens }: DemoTokens): IdentitySettings =>
  IdentitySettings.parse({
    people: tokens.flatMap(({ person }) => (person === undefined ? [] : [{ id: person, names: [`${person}@example.org`] }])),
    speakFor: ['*'],
    tokens: tokens.map(({ token, name: _, ...bearer }) => ({ ...bearer, sha256: hashOfToken(token) })),
  })

/** @throws StartError where others could use the demo tokens. */
export function refuseDemoBeyondLoopback(host: string): void {
  if (isLoopback(host)) return
  throw new StartError(
    `demo tokens are for this machine only, but MUSTER_HTTP_HOST is ${host}: name your own people and tokens in MUSTER_IDENTITY_FILE, or listen on 127.0.0.1`,
  )
}

export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || (/^(::ffff:)?127\./.test(address) && isIPv4(address.replace('::ffff:', '')))

/** For people at a terminal. */
export const demoBanner = (folder: string): string =>
  [
    'DEMO TOKENS ARE IN FORCE: this Muster has made up its people, and whoever can read their tokens can be them.',
    ...cast.map(({ name, does, roles }) => `  ${name.padEnd(5)} ${does}${roles.length > 0 ? ` (${roles.join(', ')})` : ''}`),
    `  The tokens are in ${demoTokensFile(folder)}. Name your own people in MUSTER_IDENTITY_FILE before others use this server.`,
  ].join('\n')
