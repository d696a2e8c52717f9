import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'
import type { IdentitySettings } from './identity.ts'
import type { Callers, People } from './tokens.ts'

/**
 * The CloudEvents source of what Muster itself says, such as an intent that was declared at its door. It may always speak for people, since
 * the door knew its caller; so intake MUST refuse it, and everything below it, from outside.
 */
export const ownSource = '/muster'

export const isOwnSource = (source: string): boolean => source === ownSource || source.startsWith(`${ownSource}/`)

export function peopleOf({ people, speakFor }: IdentitySettings): People {
  const ids = new Map(people.flatMap(({ id, names }) => [id, ...names].map(name => [name, id] as const)))
  const patterns = speakFor.map(pattern => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's'))
  const speaks = (source: string): boolean => isOwnSource(source) || patterns.some(pattern => pattern.test(source))
  const fingerprint = createHash('sha256').update(JSON.stringify({ people, speakFor })).digest('hex')
  return { fingerprint, personOf: (name, source) => (speaks(source) ? ids.get(name) : undefined) }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

export const hashOfToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex')

export function callersOf({ tokens }: IdentitySettings): Callers {
  const callers = new Map<string, Caller>()
  for (const { sha256, person, service, roles } of tokens) {
    if (person !== undefined) callers.set(sha256, { kind: 'person', id: person, roles, name: `person:${person}` })
    if (service !== undefined) callers.set(sha256, { kind: 'service', id: service, roles, name: `service:${service}` })
  }
  return { callerOf: token => callers.get(hashOfToken(token)) }
}
