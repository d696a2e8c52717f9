import {
  AlertView,
  Context,
  DecisionMessage,
  eventDefinitions,
  LogEntry,
  PolicyCaseFile,
  PolicyDocument,
  Problem,
  storedType,
  type EventDefinition,
} from '@muster/contracts'
import { z } from 'zod'

/*
 * JSON Schema 2020-12 of every shape that leaves a service, made from the zod schemas: one file a shape, so that a change is one diff.
 * An instant keeps a pattern beside its format, since most validators take a format for a remark.
 */

export type JsonSchema = { readonly [keyword: string]: unknown }

const instant = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$'

function schemaOf(name: string, description: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') jsonSchema.pattern = instant
    },
  })
  return { $schema, $id: `urn:muster:schema:${name}`, title: name, description, ...body }
}

/** By stored type, such as `model.registered.v1`: the data of each version of each event. */
export const eventSchemas: ReadonlyMap<string, JsonSchema> = new Map(
  eventDefinitions.map((definition: EventDefinition) => [
    storedType(definition),
    schemaOf(storedType(definition), definition.description, definition.data),
  ]),
)

/** Messages that are no event of the log, by name and version: they are locked like events, since others build on them. */
export const messageSchemas: ReadonlyMap<string, JsonSchema> = new Map([
  ['decision.v1', schemaOf('decision.v1', 'What CD obeys: one message a decision.', DecisionMessage)],
])

/** The other shapes, by name. */
export const otherSchemas: ReadonlyMap<string, JsonSchema> = new Map([
  ['envelope', schemaOf('envelope', 'The CloudEvents context of an event, as it is recorded and as it goes out.', Context)],
  ['policy-document', schemaOf('policy-document', 'A policy or approval rule, as people write it.', PolicyDocument)],
  ['policy-cases', schemaOf('policy-cases', 'A file of cases: what the policies beside it must answer.', PolicyCaseFile)],
  ['alert', schemaOf('alert', 'An alert as it is read over HTTP.', AlertView)],
  ['log-entry', schemaOf('log-entry', 'An event of the log, beside its place in it.', LogEntry)],
  ['problem', schemaOf('problem', 'Problem details as RFC 9457 has them.', Problem)],
])

export const lockedSchemas: ReadonlyMap<string, JsonSchema> = new Map([...eventSchemas, ...messageSchemas])

export const schemaFile = (name: string): string => `schemas/${name}.json`
