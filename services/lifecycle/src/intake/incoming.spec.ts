import { describe, expect, it } from 'vitest'
import { incomingOf, type Bringer } from './incoming.ts'

const at = '2026-03-01T12:00:00.000Z'
const digest = `sha256:${'a'.repeat(64)}`
const attributes = {
  specversion: '1.0',
  id: 'e1',
  source: '/registry',
  type: 'dev.muster.version.registered.v1',
  subject: 'fraud@7',
  time: at,
}
const data: unknown = { artifact: { digest } }
const read = (change: Record<string, string | undefined> = {}, content = data, bringer: Bringer = {}) => {
  const given = Object.entries({ ...attributes, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return incomingOf({ attributes: Object.fromEntries(given), data: content }, at, bringer)
}
const taken = (...args: Parameters<typeof read>) => {
  const result = read(...args)
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
const refusal = (...args: Parameters<typeof read>) => {
  const result = read(...args)
  return result.ok ? undefined : result.refusal
}

describe('An event that is sent', () => {
  it('is stored as it was sent, in canonical JSON, under an id made of its source and id', () => {
    const { stream, recorded } = taken({}, { labels: { b: '2', a: '1' }, artifact: { digest } })
    expect(stream).toBe('version-fraud@7')
    expect(recorded).toMatchObject({
      type: 'version.registered.v1',
      data: `{"artifact":{"digest":"${digest}"},"labels":{"a":"1","b":"2"}}`,
      context: { id: 'e1', source: '/registry', subject: 'fraud@7', partitionkey: 'fraud', time: at, correlationid: 'e1' },
    })
    expect(recorded.id).toBe(taken({ time: undefined, subject: 'other@1' }).recorded.id)
    expect(recorded.id).not.toBe(taken({ source: '/other' }).recorded.id)
  })

  it('is known by its model, wherever it says that it lies', () => {
    const place = { model: 'fraud', version: '7', environment: 'production', endpoint: 'cards' }
    const intent = { type: 'dev.muster.intent.declared.v1', subject: 'i1', partitionkey: 'elsewhere' }
    expect(taken(intent, { ...place, requestedBy: 'rita' }).recorded.context.partitionkey).toBe('fraud')
    const rollout = { type: 'dev.muster.rollout.observed.v1', subject: 'production/cards' }
    expect(taken(rollout, { model: 'café', version: '7', artifact: { digest } }).recorded.context.partitionkey).toBe('caf%C3%A9')
    expect(taken({ type: 'dev.muster.dataset.registered.v1', subject: 'credit' }, {}).recorded.context.partitionkey).toBe('credit')
  })

  it('has one subject however its name is written', () =>
    expect([taken({ subject: 'café au lait@1' }), taken({ subject: 'cafe\u0301%20au%20lait@1' })].map(({ stream }) => stream)).toEqual([
      'version-caf%C3%A9%20au%20lait@1',
      'version-caf%C3%A9%20au%20lait@1',
    ]))

  it('keeps the attributes that the envelope names, and leaves out those that nobody knows', () => {
    const more = {
      sequence: '0007',
      correlationid: 'run-1',
      causationid: 'c',
      traceparent: '00-a-b-01',
      dataschema: '/s',
      favourite: 'blue',
    }
    const { context } = taken(more).recorded
    expect(context).toMatchObject({
      sequence: '0007',
      correlationid: 'run-1',
      causationid: 'c',
      traceparent: '00-a-b-01',
      dataschema: '/s',
    })
    expect(context).not.toHaveProperty('favourite')
  })

  it('has our time when it has none, and another zone in UTC', () => {
    expect(taken({ time: undefined }).recorded.context.time).toBe(at)
    expect(taken({ time: '2026-03-01T13:30:00+02:00' }).recorded.context.time).toBe('2026-03-01T11:30:00.000Z')
  })

  it('was done by the caller whom the door knew, else by whom the sender claims', () => {
    const claim = { authtype: 'user', authid: 'ana' }
    expect(taken(claim).recorded.context).toMatchObject({ authtype: 'user', authid: 'ana' })
    expect(taken(claim, data, { actor: { kind: 'service', id: 'ci' } }).recorded.context).toMatchObject({
      authtype: 'service_account',
      authid: 'ci',
    })
  })
})

describe('An event is refused', () => {
  it('without the attributes that make it a CloudEvent', () => {
    for (const name of ['specversion', 'id', 'source', 'type'])
      expect(refusal({ [name]: undefined })).toMatchObject({ code: 'not-a-cloudevent', path: `/${name}` })
    expect(refusal({ specversion: '0.3' })).toMatchObject({ code: 'not-a-cloudevent', message: 'specversion must be 1.0, not 0.3' })
    expect(refusal({ id: 'x'.repeat(1001) })).toMatchObject({ code: 'not-a-cloudevent', path: '/id' })
    expect(refusal({ id: 'a\u0000b' })).toMatchObject({ code: 'not-a-cloudevent', path: '/id' })
    expect(refusal({ sequence: '\u{D800}' })).toMatchObject({ code: 'not-a-cloudevent', path: '/sequence' })
    for (const time of ['yesterday', '2026-02-30T12:00:00Z', '2026-03-01'])
      expect(refusal({ time }), time).toMatchObject({ code: 'not-a-cloudevent', path: '/time' })
  })

  it('of a type that nobody knows, with what may have been meant', () => {
    expect(refusal({ type: 'dev.muster.version.registred.v1' })).toMatchObject({
      code: 'unknown-type',
      path: '/type',
      message: 'there is no event type dev.muster.version.registred.v1; did you mean dev.muster.version.registered.v1?',
    })
    expect(refusal({ type: 'model.registered.v1' })?.message).toContain('did you mean dev.muster.model.registered.v1?')
    expect(refusal({ type: 'com.example.thing' })).toMatchObject({
      code: 'unknown-type',
      message: 'there is no event type com.example.thing',
    })
  })

  it('of a type that only Muster records, and under its name', () => {
    expect(refusal({ type: 'dev.muster.deployment.cleared.v1' })).toMatchObject({ code: 'unknown-type', path: '/type' })
    for (const source of ['/muster', '/muster/deployments']) expect(refusal({ source })).toMatchObject({ code: 'invalid', path: '/source' })
    expect(refusal({ source: '/musterers' })).toBeUndefined()
  })

  it('about nothing, or about something else than its type is about', () => {
    expect(refusal({ subject: undefined })).toMatchObject({ code: 'wrong-subject', path: '/subject' })
    for (const subject of ['fraud', 'fraud@', 'a@b@c', 'fraud@%', 'a%00b@1', `${'x'.repeat(201)}@1`])
      expect(refusal({ subject }), subject).toMatchObject({ code: 'wrong-subject', path: '/subject' })
  })

  it('from the future: more than five minutes ahead', () => {
    expect(refusal({ time: '2026-03-01T12:05:00.000Z' })).toBeUndefined()
    expect(refusal({ time: '2026-03-01T12:05:00.001Z' })).toMatchObject({ code: 'from-the-future', path: '/time' })
    expect(refusal({ time: '2026-03-01T14:05:01+02:00' })).toMatchObject({ code: 'from-the-future' })
  })

  it('when its data does not meet the contract: the first field is the path, and the message tells all', () => {
    expect(refusal({}, 'text')).toMatchObject({ code: 'invalid', path: '/data' })
    expect(refusal({}, { artifact: { digest: 'md5:1' }, framework: 7, 'a/b': 1 })).toMatchObject({
      code: 'invalid',
      path: '/data/artifact/digest',
      message: expect.stringMatching(/\/data\/artifact\/digest: .*; \/data\/framework: .*; \/data\/a~1b: this field is unknown/),
    })
  })

  it('when a name in its data could not be a subject', () => {
    expect(refusal({}, { artifact: { digest }, holdout: { name: '..' } })).toMatchObject({ code: 'invalid', path: '/data/holdout/name' })
    const rollout = { type: 'dev.muster.rollout.observed.v1', subject: 'production/cards' }
    expect(refusal(rollout, { model: '😀'.repeat(30), version: '7', artifact: { digest } })).toMatchObject({
      code: 'invalid',
      path: '/data/model',
    })
  })
})
