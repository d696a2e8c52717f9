import { digestOf, good, happened, versionEvidence } from './evidence.ts'

/* What may come in by mistake or on purpose and must not be taken, with what is said about it at either door. */

export interface BadEvent {
  readonly title: string
  readonly text: string
  readonly status: 400 | 409 | 413
  readonly code: string
  readonly pointer?: string
}

/** Of a model that is registered, with a version 1. */
export function badEvents(model: string): readonly BadEvent[] {
  const event = happened(`${model}-bad`, 'model.registered', `${model}-bad`, { intendedUse: 'None.' })
  const text = JSON.stringify(event)
  const [registered] = versionEvidence(model, '1', good)
  const changed = (change: object): string => JSON.stringify({ ...event, ...change })
  const nested = (depth: number): string => text.replace('"None."', `${'['.repeat(depth)}${']'.repeat(depth)}`)
  return [
    { title: 'cut off', text: text.slice(0, -10), status: 400, code: 'not-json' },
    {
      title: 'with a key twice',
      text: text.replace('"intendedUse"', '"intendedUse":"Other.","intendedUse"'),
      status: 400,
      code: 'invalid',
      pointer: '/data/intendedUse',
    },
    {
      title: 'that is no CloudEvent',
      text: `{"model":"${model}","data":{}}`,
      status: 400,
      code: 'not-a-cloudevent',
      pointer: '/specversion',
    },
    { title: 'without an id', text: changed({ id: undefined }), status: 400, code: 'not-a-cloudevent', pointer: '/id' },
    {
      title: 'of an unknown type',
      text: changed({ type: 'dev.muster.model.sold.v1' }),
      status: 400,
      code: 'unknown-type',
      pointer: '/type',
    },
    {
      title: 'that only Muster may record',
      text: changed({ type: 'dev.muster.deployment.cleared.v1' }),
      status: 400,
      code: 'unknown-type',
      pointer: '/type',
    },
    { title: 'in the name of Muster', text: changed({ source: '/muster/deployments' }), status: 400, code: 'invalid', pointer: '/source' },
    { title: 'about nothing', text: changed({ subject: undefined }), status: 400, code: 'wrong-subject', pointer: '/subject' },
    {
      title: 'with a value that the contract does not know',
      text: changed({ data: { modelType: 'magic' } }),
      status: 400,
      code: 'invalid',
      pointer: '/data/modelType',
    },
    { title: 'nested deeper than anybody means', text: nested(40), status: 400, code: 'invalid' },
    { title: 'nested until a stack would overflow', text: nested(120_000), status: 400, code: 'invalid' },
    { title: 'of more than 256 KiB', text: changed({ data: { intendedUse: 'x'.repeat(256 * 1024) } }), status: 413, code: 'too-large' },
    {
      title: 'from the future',
      text: changed({ time: new Date(Date.now() + 3_600_000).toISOString() }),
      status: 400,
      code: 'from-the-future',
      pointer: '/time',
    },
    { title: 'under the id of another event', text: changed({ id: `${model}-registered` }), status: 409, code: 'id-reused' },
    {
      title: 'with another artifact for a version that has one',
      text: JSON.stringify({ ...registered, id: `${model}-conflict`, data: { artifact: { digest: digestOf('another') } } }),
      status: 409,
      code: 'conflicting-digest',
      pointer: '/data/artifact/digest',
    },
  ]
}
