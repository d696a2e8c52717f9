import {
  alertEvents,
  Context,
  decisionStatuses,
  lifecycleEvents,
  longestEvent,
  quarantineReasons,
  storedType,
  wireType,
} from '@muster/contracts'
import type { EventDefinition } from '@muster/contracts'
import { z } from 'zod'
import { schemaFile } from './schemas.ts'

/*
 * The AsyncAPI 3.0 document: what goes over Kafka and the WebSocket, seen from Muster (it receives lifecycle events and sends decisions).
 * Data is described once, in schemas/; the document points there.
 */

const schemaFormat = 'application/schema+json;version=draft-2020-12'
const data = (name: string) => ({ $ref: `./${schemaFile(name)}` })
const payload = (name: string) => ({ schemaFormat, schema: data(name) })

type Properties = Record<string, { readonly type: string; readonly description?: string; readonly const?: string }>

/** As text, which is all that a header can be; intake says more about what stands in one. */
const attributes: Properties = Object.fromEntries(
  Object.entries(z.toJSONSchema(Context, { io: 'input' }).properties ?? {}).map(([name, schema]) => {
    const description = typeof schema === 'object' ? schema.description : undefined
    return [name, { type: 'string', ...(description !== undefined && { description }) }]
  }),
)
const asked = ['specversion', 'id', 'source', 'type', 'subject']
const told = [...asked, 'partitionkey', 'time', 'correlationid']
const place: Properties = {
  position: { type: 'string', description: 'Where the event stands in the log: what a consumer has seen.' },
  recordedtime: { type: 'string', description: 'When it was recorded; never goes back.' },
}
const specversion = { type: 'string', const: '1.0' }

/** Binary mode: the attributes are headers, the value is the data. */
const binaryHeaders = (required: readonly string[], more: Properties = {}) => ({
  type: 'object',
  required: required.map(name => `ce_${name}`),
  properties: {
    'content-type': { type: 'string', description: 'application/json, which is also meant when it is left out.' },
    ...Object.fromEntries(Object.entries({ specversion, ...attributes, ...more }).map(([name, schema]) => [`ce_${name}`, schema])),
  },
})

/** Structured mode: attributes and data are one JSON object. */
const structured = (types: readonly (readonly [type: string, schema: string])[]) => ({
  schemaFormat,
  schema: {
    type: 'object',
    required: [...asked, 'data'],
    properties: { specversion, datacontenttype: { type: 'string' }, ...attributes },
    oneOf: types.map(([type, schema]) => ({ properties: { type: { const: type }, data: data(schema) } })),
  },
})

const key = (description: string) => ({ kafka: { key: { type: 'string', description }, bindingVersion: '0.5.0' } })
const partitionKey = key('The attribute `partitionkey`: the governed model, else the subject.')
const topicName = (name: string) => ({ kafka: { topic: name, bindingVersion: '0.5.0' } })

const headersOf = (whose: 'asked' | 'told') => ({ $ref: `#/components/schemas/${whose}` })

/** One message a type, in binary mode. */
const binary = (definition: EventDefinition) => ({
  name: wireType(definition),
  title: definition.type,
  summary: definition.description,
  contentType: 'application/json',
  headers: headersOf(definition.origin === 'platform' ? 'asked' : 'told'),
  payload: payload(storedType(definition)),
  bindings: partitionKey,
})

const decisions = decisionStatuses.map(status => [`dev.muster.decision.${status}.v1`, status] as const)

const messages = {
  ...Object.fromEntries(
    [...lifecycleEvents, ...alertEvents].map((definition: EventDefinition) => [storedType(definition), binary(definition)]),
  ),
  structured: {
    name: 'structured',
    title: 'A lifecycle event in structured mode',
    summary: 'Any of the lifecycle events, as one JSON object.',
    contentType: 'application/cloudevents+json',
    payload: structured(lifecycleEvents.map(definition => [wireType(definition), storedType(definition)])),
    bindings: partitionKey,
  },
  ...Object.fromEntries(
    decisions.map(([type, status]) => [
      `decision.${status}.v1`,
      {
        name: type,
        title: `decision.${status}`,
        summary: 'Its `id` is that of the event that it tells of, so that a repeat on the wire is recognised.',
        contentType: 'application/json',
        headers: headersOf('told'),
        payload: payload('decision.v1'),
        bindings: key('The governed model.'),
      },
    ]),
  ),
  dead: {
    name: 'dead',
    title: 'A message that could not be taken',
    summary: 'Key, bytes and headers as they came; beside them why it is here, where it came from, and its name in quarantine.',
    headers: {
      type: 'object',
      required: ['muster-reason', 'muster-reason-message', 'muster-quarantine', 'muster-origin'],
      properties: {
        'muster-reason': { type: 'string', enum: quarantineReasons },
        'muster-reason-message': { type: 'string' },
        'muster-reason-path': { type: 'string', description: 'JSON pointer of the field.' },
        'muster-quarantine': { type: 'string', description: 'SHA-256 of the bytes: GET /v1/quarantine/{sha256}.' },
        'muster-origin': { type: 'string', description: '<topic>/<partition>/<offset>' },
      },
    },
    payload: {},
    bindings: key('As it came.'),
  },
  logEntry: {
    name: 'logEntry',
    title: 'An event of the log',
    summary: 'In the order of the log. `position` is the sequence: resume with the last one seen.',
    contentType: 'application/json',
    payload: payload('log-entry'),
  },
}

const on = (channel: string, names: readonly string[]) => names.map(name => ({ $ref: `#/channels/${channel}/messages/${name}` }))
const carries = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, { $ref: `#/components/messages/${name}` }]))

const lifecycle = [...lifecycleEvents.map(definition => storedType(definition)), 'structured']
const alerts = alertEvents.map(definition => storedType(definition))
const outcomes = decisions.map(([, status]) => `decision.${status}.v1`)

const kafka = [{ $ref: '#/servers/kafka' }]

export const asyncapi = {
  asyncapi: '3.0.0',
  info: {
    title: 'Muster',
    version: '1.0.0',
    description: `Facts come in, decisions and alerts go out. Every message is a CloudEvent 1.0 of at most ${longestEvent / 1024} KiB. Delivery is at least once, with a stable \`id\`.`,
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  servers: {
    kafka: { host: '127.0.0.1:9092', protocol: 'kafka', description: 'The brokers of your platform: MUSTER_KAFKA_BROKERS.' },
    http: {
      host: '127.0.0.1:7070',
      protocol: 'ws',
      description: 'Muster itself: MUSTER_HTTP_HOST and MUSTER_HTTP_PORT.',
      security: [{ $ref: '#/components/securitySchemes/token' }],
    },
  },
  channels: {
    lifecycle: {
      address: 'muster.lifecycle',
      title: 'What the platform says happened',
      servers: kafka,
      messages: carries(lifecycle),
      bindings: topicName('muster.lifecycle'),
    },
    dead: {
      address: 'muster.lifecycle.dead',
      title: 'What could not be read',
      servers: kafka,
      messages: carries(['dead']),
      bindings: topicName('muster.lifecycle.dead'),
    },
    decisions: {
      address: 'muster.decisions',
      title: 'What may run, and what may not',
      servers: kafka,
      messages: carries(outcomes),
      bindings: topicName('muster.decisions'),
    },
    alerts: {
      address: 'muster.alerts',
      title: 'What somebody must know',
      servers: kafka,
      messages: carries(alerts),
      bindings: topicName('muster.alerts'),
    },
    stream: {
      address: '/v1/stream',
      title: 'The log, live',
      servers: [{ $ref: '#/servers/http' }],
      messages: carries(['logEntry']),
      bindings: {
        ws: {
          method: 'GET',
          query: {
            type: 'object',
            properties: {
              after: { type: 'integer', minimum: 0, description: 'Events after this position, then live ones. Left out: live ones.' },
              category: { type: 'string', description: 'Only events of these categories, such as deployment,alert.' },
              type: { type: 'string', description: 'Only events of these types, such as deployment.*,approval.signed.' },
              model: { type: 'string', description: 'Only events with this partition key.' },
              actor: { type: 'string', description: 'Only what this person or service did.' },
              ticket: { type: 'string', description: 'From POST /v1/stream/tickets, once: for a browser, which can send no token here.' },
            },
          },
          bindingVersion: '0.1.0',
        },
      },
    },
  },
  operations: {
    takeLifecycleEvent: {
      action: 'receive',
      title: 'Take what the platform says',
      summary:
        'Checked against its contract, recognised by source and id, recorded in order per model, or kept in quarantine with the reason.',
      channel: { $ref: '#/channels/lifecycle' },
      messages: on('lifecycle', lifecycle),
    },
    copyDeadLetter: {
      action: 'send',
      title: 'Copy what was not taken',
      channel: { $ref: '#/channels/dead' },
      messages: on('dead', ['dead']),
    },
    tellDecision: {
      action: 'send',
      title: 'Tell a decision',
      channel: { $ref: '#/channels/decisions' },
      messages: on('decisions', outcomes),
    },
    tellAlert: {
      action: 'send',
      title: 'Raise or resolve an alert',
      channel: { $ref: '#/channels/alerts' },
      messages: on('alerts', alerts),
    },
    stream: {
      action: 'send',
      title: 'Follow the log',
      channel: { $ref: '#/channels/stream' },
      messages: on('stream', ['logEntry']),
    },
  },
  components: {
    schemas: { asked: binaryHeaders(asked), told: binaryHeaders([...told, ...Object.keys(place)], place) },
    messages,
    securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of a person or a service.' } },
  },
}
