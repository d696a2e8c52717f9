import {
  canonicalJson,
  Context,
  decodeEvent,
  eventDefinitions,
  findDefinition,
  fromWireType,
  longestEvent,
  parseSubject,
  storedType,
  streamName,
  subjectOf,
  toWireType,
  wireType,
  type Category,
  type EventDefinition,
  type LifecycleEvent,
  type StreamName,
  type SubjectParts,
} from '@muster/contracts'
import { incomingEventId, type NewEvent } from '@muster/event-store'
import { isOwnSource, ownSource } from '@muster/nest-host'
import { nearest } from '@muster/policy'
import { z } from 'zod'
import type { SentEvent } from './cloud-event.ts'
import { pointerTo, refuse, taken, type Result } from './refusal.ts'

/*
 * From what was sent to what may be recorded: the contract of its type, its subject, its time.
 *
 * Every registered version is taken and stored as it was sent, in canonical JSON; readers bring it to the newest shape. Of the attributes we
 * keep those that our envelope names, and leave out extensions that we do not know: nothing is decided by them, and the data is whole.
 * `partitionkey` is always ours, the governed model or else the subject: a sender's own may have placed the message among the partitions,
 * but what we record must lie the same whoever sent it. An event without a `time` has that of our clock.
 */

export interface Incoming {
  readonly stream: StreamName
  readonly recorded: NewEvent
  readonly event: LifecycleEvent
}

/** Who brings it. Over HTTP the door knew its caller, and the caller is who did it, whatever the event says; else it is the sender's claim. */
export interface Bringer {
  readonly actor?: { readonly kind: 'person' | 'service'; readonly id: string }
  /** Only what Muster itself declares at its door may carry a source of Muster's own. */
  readonly own?: boolean
  /** Whether an intent may be declared in this name. For whoever, when it is left out. */
  readonly asksFor?: (name: string) => boolean
  readonly traceparent?: string
}

const longestIntent = 150
const mostAhead = 5 * 60_000

export function incomingOf({ attributes, data }: SentEvent, at: string, bringer: Bringer = {}): Result<Incoming> {
  const unfit = unfitAttribute(attributes, bringer)
  if (unfit !== undefined) return unfit
  const { id = '', source = '', type = '', subject, time } = attributes

  const definition = findDefinition(fromWireType(type) ?? '')
  if (definition?.origin !== 'platform') return refuse('unknown-type', unknownType(type, definition), '/type')

  const named = partsOf(definition.category, subject)
  if (!named.ok) return named
  const happened = time === undefined ? taken(at) : instantOf(time, at)
  if (!happened.ok) return happened

  const fits = definition.data.safeParse(data)
  if (!fits.success) return misfit(fits.error)
  const text = canonicalJson(data)
  if (Buffer.byteLength(text) > longestEvent)
    return refuse('too-large', `data has more than ${longestEvent} bytes in canonical JSON`, '/data')

  // The contract of the type was just met.
  const event = decodeEvent({ type: storedType(definition), data: text }) as LifecycleEvent
  const unnameable = unnameableIn(event)
  if (unnameable !== undefined) return unnameable
  if (event.type === 'intent.declared' && bringer.asksFor?.(event.requestedBy) === false)
    return refuse('invalid', `a person asks for themselves, and ${event.requestedBy} is somebody else`, '/data/requestedBy')
  const stream = streamName(definition.category, ...named.value)
  const context = Context.safeParse({
    id,
    source,
    type,
    subject: subjectOf(definition.category, ...named.value),
    partitionkey: governs(definition.category, named.value, event) ?? subjectOf(definition.category, ...named.value),
    time: happened.value,
    correlationid: attributes['correlationid'] ?? id,
    ...actorOf(attributes, bringer),
    ...kept(attributes),
    ...(bringer.traceparent !== undefined && attributes['traceparent'] === undefined && { traceparent: bringer.traceparent }),
  })
  if (!context.success) return misfit(context.error, '', 'not-a-cloudevent')
  return taken({
    stream,
    event,
    recorded: { id: incomingEventId(source, id), type: storedType(definition), data: text, context: context.data },
  })
}

function unfitAttribute(attributes: Readonly<Record<string, string>>, { own = false }: Bringer) {
  const { specversion } = attributes
  if (specversion !== '1.0')
    return refuse('not-a-cloudevent', `specversion must be 1.0${specversion === undefined ? '' : `, not ${specversion}`}`, '/specversion')
  for (const name of ['id', 'source', 'type'])
    if (attributes[name] === undefined || attributes[name] === '')
      return refuse('not-a-cloudevent', `the attribute ${name} is missing`, pointerTo(name))
  for (const [name, text] of Object.entries(attributes)) {
    if (/[\u0000-\u001F\u007F-\u009F]|\p{Surrogate}|\p{Noncharacter_Code_Point}/u.test(text))
      return refuse('not-a-cloudevent', `the attribute ${name} has a character that none may have`, pointerTo(name))
  }
  const { source = '' } = attributes
  if (!own && isOwnSource(source))
    return refuse('invalid', `the source ${ownSource} is Muster's own: nobody else may speak as it`, '/source')
  return undefined
}

const platformTypes = eventDefinitions.filter(({ origin }) => origin === 'platform').map(wireType)

function unknownType(type: string, definition: EventDefinition | undefined): string {
  if (definition !== undefined) return `${type} is recorded by Muster itself and is not taken from outside`
  const meant = nearest(fromWireType(type) === undefined ? toWireType(type) : type, platformTypes)
  return `there is no event type ${type}${meant === undefined ? '' : `; did you mean ${meant}?`}`
}

function partsOf<C extends Category>(category: C, subject: string | undefined): Result<SubjectParts<C>> {
  if (subject === undefined) return refuse('wrong-subject', `an event of the category ${category} needs a subject`, '/subject')
  const parsed = parseSubject(category, subject)
  if (!parsed.ok) return refuse('wrong-subject', parsed.message, '/subject')
  if (parsed.parts.some(part => /[\u0000-\u001F\u007F-\u009F]/.test(part)))
    return refuse('wrong-subject', 'a name has a control character', '/subject')
  // An approval is named after its intent and a number.
  if (category === 'intent' && subjectOf(category, ...parsed.parts).length > longestIntent)
    return refuse('wrong-subject', `the id of an intent has at most ${longestIntent} bytes when percent-encoded`, '/subject')
  return taken(parsed.parts)
}

const Rfc3339 = z.iso.datetime({ offset: true })

/** In UTC; as it was sent if it was. */
function instantOf(time: string, at: string): Result<string> {
  const sent = time.toUpperCase()
  if (!Rfc3339.safeParse(sent).success) return refuse('not-a-cloudevent', `${time} is not an instant as RFC 3339 writes it`, '/time')
  const instant = Date.parse(sent)
  if (instant > Date.parse(at) + mostAhead) return refuse('from-the-future', `${time} is more than five minutes ahead of ${at}`, '/time')
  return taken(sent.endsWith('Z') ? sent : new Date(instant).toISOString())
}

/** The first field that does not fit is the path; the message tells all of them. */
function misfit(error: z.ZodError, root = '/data', code: 'invalid' | 'not-a-cloudevent' = 'invalid') {
  const issues = error.issues.flatMap(issue => {
    const path = issue.path.map(key => pointerTo(String(key))).join('')
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
    return unknown.length === 0
      ? [{ path: root + path, message: issue.message }]
      : unknown.map(key => ({
          path: root + path + pointerTo(key),
          message: 'this field is unknown; what is not in the contract goes under labels',
        }))
  })
  return refuse(code, issues.map(({ path, message }) => `${path}: ${message}`).join('; '), issues[0]?.path)
}

/** A name in the data that could not be a subject would stop whoever looks for the stream that it names. */
function unnameableIn(event: LifecycleEvent) {
  const names: [path: string, name: string][] = []
  for (const key of ['model', 'version', 'environment', 'endpoint'] as const) {
    const name: unknown = key in event ? Reflect.get(event, key) : undefined
    if (typeof name === 'string') names.push([`/data/${key}`, name])
  }
  if (event.type === 'version.registered' && event.holdout !== undefined) names.push(['/data/holdout/name', event.holdout.name])
  if (event.type === 'version.evaluated') names.push(['/data/dataset/name', event.dataset.name])
  if (event.type === 'version.trained')
    names.push(...event.datasets.map(({ name }, index): [string, string] => [`/data/datasets/${index}/name`, name]))
  for (const [path, name] of names) {
    try {
      subjectOf('model', name)
    } catch (error) {
      return refuse('invalid', error instanceof Error ? error.message : String(error), path)
    }
  }
  return undefined
}

/** The subject of the model that the event is about. Of a withdrawal only the stream knows it: see `recording.ts`. */
function governs(category: Category, [first]: readonly string[], event: LifecycleEvent): string | undefined {
  if (category === 'version' && first !== undefined) return subjectOf('model', first)
  return 'model' in event ? subjectOf('model', event.model) : undefined
}

const authtypes: Readonly<Record<string, Context['authtype']>> = {
  user: 'user',
  app_user: 'user',
  service_account: 'service_account',
  api_key: 'service_account',
  system: 'service_account',
  unauthenticated: 'unauthenticated',
}

function actorOf({ authtype, authid }: Readonly<Record<string, string>>, { actor }: Bringer): Pick<Context, 'authtype' | 'authid'> {
  if (actor !== undefined) return { authtype: actor.kind === 'person' ? 'user' : 'service_account', authid: actor.id }
  return {
    ...(authtype !== undefined && { authtype: authtypes[authtype] ?? 'unknown' }),
    ...(authid !== undefined && { authid }),
  }
}

const keptAttributes = ['causationid', 'sequence', 'traceparent', 'dataschema'] as const
const kept = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(keptAttributes.flatMap(name => (attributes[name] === undefined ? [] : [[name, attributes[name]]])))
