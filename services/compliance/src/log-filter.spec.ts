import { eventDefinitions, streamName, type StreamName } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { describe, expect, it } from 'vitest'
import { record } from '../../../infra/test/log.ts'
import { checked, ruleCheck } from '../../../infra/test/deployments.ts'
import { listed, wantedOf, type Asked } from './log-filter.ts'

/* On the reference store: what the store leaves out and what is looked for behind it are one question. */

const deployment: StreamName = streamName('deployment', 'd1')

describe('Who reads the log', () => {
  const read = async (asked: Asked): Promise<string[]> => {
    const store = memoryEventStore({ now: () => '2026-11-01T00:00:00.000Z' })
    await record(store, streamName('model', 'credit'), 'credit', { type: 'model.owner-assigned', owner: 'group:credit' })
    await record(store, deployment, 'credit', checked(ruleCheck()))
    await record(store, deployment, 'credit', {
      type: 'deployment.lapsed',
      target: { model: 'credit', version: '1', environment: 'production', endpoint: 'desk' },
      reasons: [{ code: 'intent-withdrawn', message: 'The intent was withdrawn.' }],
    })
    await record(store, streamName('model', 'fraud'), 'fraud', { type: 'model.owner-assigned', owner: 'group:fraud' })
    const { filter, sought } = wantedOf(asked)
    return (await store.readLog('start', filter, 100)).filter(sought).map(({ stream, type }) => `${stream} ${type}`)
  }

  it('sees everything who asks for nothing', async () => expect(await read({})).toHaveLength(4))

  it.each<[string, Asked, string[]]>([
    ['a type', { types: ['deployment.lapsed'] }, ['deployment-d1 deployment.lapsed.v1']],
    ['a type as it is called on the wire', { types: ['dev.muster.deployment.lapsed.v1'] }, ['deployment-d1 deployment.lapsed.v1']],
    [
      'all types of a kind',
      { types: ['deployment.l*', 'model.*'], model: 'credit' },
      ['model-credit model.owner-assigned.v1', 'deployment-d1 deployment.lapsed.v1'],
    ],
    ['a category', { categories: ['model'] }, ['model-credit model.owner-assigned.v1', 'model-fraud model.owner-assigned.v1']],
    ['a model', { model: 'fraud' }, ['model-fraud model.owner-assigned.v1']],
    ['a stream and a type of it', { stream: deployment, types: ['*.lapsed'] }, ['deployment-d1 deployment.lapsed.v1']],
    ['a category and types of another', { categories: ['model'], types: ['deployment.*'] }, []],
    ['somebody who did nothing', { actor: 'nobody' }, []],
  ])('sees %s and nothing else', async (_, asked, events) => expect(await read(asked)).toEqual(events))

  it('hears that no event is called so, instead of seeing nothing', () => {
    for (const types of [['deployment.cleard'], ['deployment'], ['deployment.*', 'x*']])
      expect(() => wantedOf({ types })).toThrow('no event is called')
    expect(() => wantedOf({ categories: ['people'] })).toThrow('category is one or more of')
    expect(() => wantedOf({ stream: 'nothing' })).toThrow('is not a stream')
  })

  it('leaves every type of which nothing is wanted to the store', () => {
    const { filter } = wantedOf({ types: ['approval.signed'] })
    expect(filter.categories).toEqual(['approval'])
    expect(filter.except).toHaveLength(new Set(eventDefinitions.map(({ type }) => type)).size - 1)
  })

  it('may write lists with spaces, and an empty one asks for nothing', () => {
    expect(listed('deployment, alert,')).toEqual(['deployment', 'alert'])
    for (const empty of [undefined, null, '', ' , ']) expect(listed(empty)).toBeUndefined()
  })
})
