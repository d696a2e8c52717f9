import { describe, expect, it } from 'vitest'
import { describeSettings, effectiveSettings, loadConfiguration } from './configuration.ts'
import { StartError } from './start-error.ts'
import { variables } from './settings.ts'

const files =
  (contents: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = contents[path]
    if (text === undefined) throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' })
    return text
  }
const load = (environment: Record<string, string>, contents: Record<string, string> = {}) => loadConfiguration(environment, files(contents))
const problemsOf = (environment: Record<string, string>, contents: Record<string, string> = {}): string => {
  try {
    load(environment, contents)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return ''
}

describe('The configuration', () => {
  it('needs nothing to be set', () => {
    const { settings } = load({})
    expect(settings.http).toEqual({ host: '127.0.0.1', port: 7070 })
    expect(settings.kafka.brokers).toEqual([])
    expect(settings.identity).toBeUndefined()
  })

  it('is read from a file, and the environment wins', () => {
    const { settings } = load(
      { MUSTER_HTTP_PORT: '8080' },
      { 'muster.yaml': 'http: { port: 9090, host: 0.0.0.0 }\nkafka: { brokers: [a:1, b:2] }' },
    )
    expect(settings.http).toEqual({ host: '0.0.0.0', port: 8080 })
    expect(settings.kafka.brokers).toEqual(['a:1', 'b:2'])
  })

  it('takes several brokers with commas between', () =>
    expect(load({ MUSTER_KAFKA_BROKERS: 'a:9092, b:9092,' }).settings.kafka.brokers).toEqual(['a:9092', 'b:9092']))

  it('takes an empty variable as one that is not set', () => expect(load({ MUSTER_HTTP_PORT: '' }).settings.http.port).toBe(7070))

  it('tells every problem at once, each by the name under which it was set', () => {
    const problems = problemsOf(
      {
        MUSTER_HTTP_PORT: 'seventy',
        MUSTER_KAFKA_BROKERS: 'a:1,nowhere',
        MUSTER_DATABASE_URL: 'mysql://x',
        MUSTER_POLICIES_KEEP_GOING: 'maybe',
      },
      { 'muster.yaml': 'htpp: {}\nlog: { level: loud }' },
    )
    expect(problems).toContain('MUSTER_HTTP_PORT: a whole number from 0 to 65535')
    expect(problems).toContain('MUSTER_KAFKA_BROKERS: host:port')
    expect(problems).toContain('MUSTER_DATABASE_URL: an address such as postgres://')
    expect(problems).toContain('MUSTER_POLICIES_KEEP_GOING: true or false')
    expect(problems).toContain('muster.yaml log.level')
    expect(problems).toContain('htpp')
  })

  it('says where a file is no YAML', () => expect(problemsOf({}, { 'muster.yaml': 'a: [1' })).toMatch(/muster\.yaml: .*line 1/))

  it('refuses a file that is named and not there', () =>
    expect(problemsOf({ MUSTER_CONFIG: 'other.yaml' })).toContain('other.yaml: cannot be read'))

  it('does not start with half a login to the brokers', () =>
    expect(problemsOf({ MUSTER_KAFKA_SASL_MECHANISM: 'plain', MUSTER_KAFKA_SASL_USERNAME: 'muster' })).toContain('belong together'))

  it('tells of a variable that nobody reads', () => {
    const { warnings } = load({ MUSTER_KAFKA_BROKER: 'a:1', MUSTER_HTPP_PORT: '8080', MUSTER_SERVICE: 'x', MUSTER_PORT: '7070' })
    expect(warnings).toEqual(
      ['MUSTER_KAFKA_BROKER', 'MUSTER_HTPP_PORT', 'MUSTER_SERVICE', 'MUSTER_PORT'].map(
        name => `${name} is set, but it is no setting of Muster`,
      ),
    )
  })

  it('says nothing of those that Kubernetes sets', () => {
    const { warnings } = load({
      MUSTER_SERVICE_HOST: '10.0.0.1',
      MUSTER_SERVICE_PORT: '7070',
      MUSTER_SERVICE_PORT_HTTP: '7070',
      MUSTER_PORT: 'tcp://10.0.0.1:7070',
      MUSTER_PORT_7070_TCP: 'tcp://10.0.0.1:7070',
      MUSTER_PORT_7070_TCP_ADDR: '10.0.0.1',
      MUSTER_ALERTS_PORT: 'tcp://10.0.0.2:7070',
    })
    expect(warnings).toEqual([])
  })

  it('never shows a secret', () => {
    const shown = effectiveSettings(
      load({
        MUSTER_DATABASE_URL: 'postgres://muster:hunter2@db:5432/muster',
        MUSTER_KAFKA_SASL_MECHANISM: 'plain',
        MUSTER_KAFKA_SASL_USERNAME: 'muster',
        MUSTER_KAFKA_SASL_PASSWORD: 'hunter2',
      }).settings,
    )
    expect(JSON.stringify(shown)).not.toContain('hunter2')
    expect(shown).toMatchObject({
      MUSTER_DATABASE_URL: 'postgres://muster:***@db:5432/muster',
      MUSTER_KAFKA_SASL_PASSWORD: '***',
      MUSTER_HTTP_PORT: '7070',
    })
  })

  it('describes every setting in a sentence', () => {
    const described = describeSettings()
    expect(described.map(({ variable }) => variable)).toEqual(expect.arrayContaining(variables.map(([variable]) => variable)))
    for (const { variable, description } of described) expect(description, variable).toMatch(/^.+[.;].*$/)
    expect(described).toContainEqual(
      expect.objectContaining({ variable: 'MUSTER_HTTP_PORT', path: 'http.port', default: '7070', secret: false }),
    )
    expect(described).toContainEqual(expect.objectContaining({ variable: 'MUSTER_DATABASE_URL', secret: true }))
  })
})

describe('The identity', () => {
  const identity = `
people: [{ id: ana, names: [ana@example.org] }, { id: tom }]
speakFor: ['/pipelines/*']
tokens:
  - { sha256: ${'a'.repeat(64)}, person: ana, roles: [model-risk] }
  - { sha256: ${'b'.repeat(64)}, service: ci, roles: [publisher] }`

  it('is read from a file of its own, in place of what muster.yaml says', () => {
    const { settings } = load(
      { MUSTER_IDENTITY_FILE: 'who.yaml' },
      { 'who.yaml': identity, 'muster.yaml': 'identity: { people: [{ id: zoe }] }' },
    )
    expect(settings.identity?.people.map(({ id }) => id)).toEqual(['ana', 'tom'])
  })

  it('knows no token of somebody who is not among the people', () =>
    expect(problemsOf({ MUSTER_IDENTITY_FILE: 'who.yaml' }, { 'who.yaml': identity.replace('person: ana', 'person: anna') })).toContain(
      'who.yaml tokens.0.person: "anna" is not among the people',
    ))

  it('gives no name to two people', () =>
    expect(
      problemsOf({ MUSTER_IDENTITY_FILE: 'who.yaml' }, { 'who.yaml': identity.replace('id: tom', 'id: tom, names: [ana@example.org]') }),
    ).toContain('"ana@example.org" already names ana'))

  it('has every token stand for a person or a service, and once', () => {
    expect(
      problemsOf({ MUSTER_IDENTITY_FILE: 'who.yaml' }, { 'who.yaml': identity.replace('service: ci', 'service: ci, person: ana') }),
    ).toContain('either')
    expect(problemsOf({ MUSTER_IDENTITY_FILE: 'who.yaml' }, { 'who.yaml': identity.replace('b'.repeat(64), 'a'.repeat(64)) })).toContain(
      'the same',
    )
  })
})
