import { z } from 'zod'
import { storedType, type EventDefinition } from '../event.ts'
import { eventDefinitions } from '../registry.ts'
import { isPersonal, personalFieldsOf } from './personal-texts.ts'

/*
 * What the texts of events are, by the name of the field. A new event whose text has a name that is not here does not pass the tests until
 * somebody has said what it is; what a person types or says of themselves must be `Personal` in the contract, and needs no entry.
 *
 * `person`: an id or name by which rules know a person; it stays, for without it no separation of duties could be checked again.
 * `organisation`: words of the organisation or of its platform about models, data and rules, for which no person is known as the author.
 * `thing`: names and ids of things, expressions, values, words that Muster itself puts together.
 */
export const textFields = {
  appliesTo: 'thing',
  approvalId: 'thing',
  assert: 'thing',
  attribute: 'thing',
  baseModel: 'thing',
  because: 'thing',
  changed: 'thing',
  commit: 'thing',
  datasets: 'thing',
  deployment: 'thing',
  endpoint: 'thing',
  environment: 'thing',
  errors: 'thing',
  facts: 'thing',
  framework: 'thing',
  group: 'thing',
  href: 'thing',
  id: 'thing',
  intendedUse: 'organisation',
  labels: 'organisation',
  lawfulBasis: 'organisation',
  license: 'thing',
  mediaType: 'thing',
  message: 'organisation',
  missing: 'thing',
  model: 'thing',
  name: 'person',
  newlyAsked: 'thing',
  origin: 'organisation',
  owner: 'person',
  path: 'thing',
  policy: 'thing',
  purpose: 'organisation',
  rationale: 'organisation',
  reason: 'thing',
  repository: 'thing',
  requestedBy: 'person',
  role: 'thing',
  rule: 'thing',
  runId: 'thing',
  snapshot: 'thing',
  source: 'thing',
  steps: 'organisation',
  subject: 'thing',
  supersedes: 'thing',
  tags: 'organisation',
  text: 'thing',
  title: 'organisation',
  topic: 'thing',
  trainedBy: 'person',
  type: 'thing',
  unmapped: 'person',
  uri: 'thing',
  values: 'thing',
  version: 'thing',
  when: 'thing',
} as const satisfies Readonly<Record<string, 'person' | 'organisation' | 'thing'>>

/** Every text of every event that any words fit into, as `<event>.v<N>: <path>`, by the name of the field. */
export function textsOfEvents(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const definitions: readonly EventDefinition[] = eventDefinitions
  for (const definition of definitions)
    for (const path of textsIn(definition.data, [])) {
      if (personalFieldsOf(storedType(definition)).some(field => field.path.join('.') === path.join('.'))) continue
      const name = path.findLast(part => part !== '*') ?? ''
      found.set(name, [...(found.get(name) ?? []), `${storedType(definition)}: ${path.join('.')}`])
    }
  return found
}

/** Without personal text, which says itself what it is, and without what has a form: an id, an instant, a digest, one of a list. */
function* textsIn(schema: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (schema instanceof z.ZodObject) {
    if (isPersonal(schema)) return
    for (const [name, inner] of Object.entries(schema.shape)) yield* textsIn(inner, [...path, name])
  } else if (schema instanceof z.ZodArray) yield* textsIn(schema.element, [...path, '*'])
  else if (schema instanceof z.ZodRecord) yield* textsIn(schema.valueType, [...path, '*'])
  else if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* textsIn(option, path)
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    yield* textsIn(schema.unwrap(), path)
  else if (schema instanceof z.ZodUnknown || (schema instanceof z.ZodString && schema.format === null)) yield path
}
