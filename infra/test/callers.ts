import { createHash } from 'node:crypto'
import type { HostOverrides } from '@muster/nest-host'

/** People with their roles; each one's token is made of the name. */
export const identityOf = (people: Readonly<Record<string, readonly string[]>>): NonNullable<HostOverrides['identity']> => ({
  people: Object.keys(people).map(id => ({ id, names: [`${id}@example.org`] })),
  speakFor: ['*'],
  tokens: [
    ...Object.entries(people).map(([person, roles]) => ({ person, roles: [...roles], sha256: hashOf(tokenOf(person)) })),
    { service: 'ci', roles: ['publisher'], sha256: hashOf(tokenOf('ci')) },
  ],
})

const tokenOf = (name: string): string => `token-of-${name}`
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface Answer {
  readonly status: number
  readonly position: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

/** Asks a running host as one of the people, or as the service `ci`. */
export const askerOf = (url: string) => ({
  get: (as: string, path: string): Promise<Answer> => ask(`${url}${path}`, as, {}),
  post: (as: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    ask(`${url}${path}`, as, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
})

async function ask(url: string, as: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${tokenOf(as)}` },
  })
  return { status: response.status, position: Number(response.headers.get('muster-position') ?? Number.NaN), body: await response.json() }
}
