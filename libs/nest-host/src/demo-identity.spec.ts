import { describe, expect, it } from 'vitest'
import { demoBanner, demoIdentity, isLoopback, makeDemoTokens, refuseDemoBeyondLoopback } from './demo-identity.ts'
import { callersOf, peopleOf } from './people.ts'

describe('The demo identity', () => {
  const made = makeDemoTokens()

  it('makes other tokens each time, of at least 128 bits', () => {
    const again = makeDemoTokens()
    const tokens = [...made.tokens, ...again.tokens].map(({ token }) => token)
    expect(new Set(tokens).size).toBe(tokens.length)
    for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16)
  })

  it('knows a trainer, a requester, a risk manager, an operator and a pipeline', () => {
    const { callerOf } = callersOf(demoIdentity(made))
    const rolesOf = (name: string) => callerOf(made.tokens.find(token => token.name === name)?.token ?? '')
    expect(rolesOf('tom')).toMatchObject({ kind: 'person', roles: [] })
    expect(rolesOf('rita')).toMatchObject({ kind: 'person', roles: ['model-risk'] })
    expect(rolesOf('ana')).toMatchObject({ kind: 'person', roles: ['model-risk'] })
    expect(rolesOf('omar')).toMatchObject({ kind: 'person', roles: ['operator', 'policy-admin', 'privacy-officer'] })
    expect(rolesOf('ci')).toMatchObject({ kind: 'service', roles: ['publisher'] })
    expect(peopleOf(demoIdentity(made)).personOf('tom@example.org', 'any')).toBe('tom')
  })

  it('is refused where others can reach it', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost', '::ffff:127.0.0.1']) expect(isLoopback(host), host).toBe(true)
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'example.org']) {
      expect(isLoopback(host), host).toBe(false)
      expect(() => refuseDemoBeyondLoopback(host)).toThrow(/demo tokens are for this machine only.*MUSTER_IDENTITY_FILE/)
    }
  })

  it('says loudly that it is there, and shows no token', () => {
    expect(demoBanner('.muster')).toContain('DEMO TOKENS ARE IN FORCE')
    for (const { token } of made.tokens) expect(demoBanner('.muster')).not.toContain(token)
  })
})
