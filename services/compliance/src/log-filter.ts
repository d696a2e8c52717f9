import { categories, eventDefinitions, fromWireType, isCategory, parseStream, type Category } from '@muster/contracts'
import type { Filter, RecordedEvent } from '@muster/event-store'

/*
 * Which events of the log a reader wants. Categories and types are left to the store, which finds them by its index; a model, an actor and a
 * stream are looked for among what it gives, a page at a time.
 */

export interface Asked {
  readonly categories?: readonly string[] | undefined
  /** Names such as `deployment.cleared`, with or without `dev.muster.` and a version; `*` is any text. */
  readonly types?: readonly string[] | undefined
  readonly model?: string | undefined
  readonly actor?: string | undefined
  readonly stream?: string | undefined
}

export interface Wanted {
  /** Nothing that is wanted is left out by it; more may come. */
  readonly filter: Filter
  readonly sought: (event: RecordedEvent) => boolean
}

/** Parts of a list such as `deployment,alert`; nothing where none is given. */
export const listed = (text: string | null | undefined): readonly string[] | undefined => {
  const parts = (text ?? '').split(',').map(part => part.trim())
  const given = parts.filter(part => part !== '')
  return given.length === 0 ? undefined : given
}

/** @throws RangeError with what is wrong, for whoever asked. */
export function wantedOf({ categories: named, types, model, actor, stream }: Asked): Wanted {
  const inCategories = named?.map(name => {
    if (!isCategory(name)) throw new RangeError(`category is one or more of ${categories.join(', ')}`)
    return name
  })
  const patterns = types?.map(patternOf)
  const isOfType = (name: string): boolean => patterns === undefined || patterns.some(pattern => pattern.test(name))
  const ofTypes = patterns === undefined ? undefined : categoriesOf(isOfType)
  const ofStream: readonly Category[] | undefined = stream === undefined ? undefined : [parseStream(stream).category]
  const within = [inCategories, ofTypes, ofStream].filter(given => given !== undefined)
  const [first, ...others] = within
  const wanted = first?.filter(category => others.every(other => other.includes(category)))
  return {
    filter: { ...(wanted !== undefined && { categories: wanted }), ...(patterns !== undefined && { except: unwanted(isOfType) }) },
    sought: event =>
      (wanted === undefined || wanted.includes(parseStream(event.stream).category)) &&
      isOfType(event.type) &&
      (model === undefined || event.context.partitionkey === model) &&
      (actor === undefined || event.context.authid === actor) &&
      (stream === undefined || event.stream === stream),
  }
}

const versionOfType = /\.v\d+$/

/** Tests a stored type, in whatever version, unless the pattern has one. @throws RangeError where no event is called like that. */
function patternOf(text: string): RegExp {
  const name = fromWireType(text) ?? text
  const words = name.split('*').map(part => part.replaceAll(/[^A-Za-z0-9_-]/g, character => `\\${character}`))
  const pattern = new RegExp(`^${words.join('.*')}${versionOfType.test(name) ? '' : '([.]v\\d+)?'}$`)
  if (!eventDefinitions.some(({ type, version }) => pattern.test(`${type}.v${version}`)))
    throw new RangeError(`no event is called "${text}": a type is such as deployment.cleared or deployment.*`)
  return pattern
}

const categoriesOf = (isOfType: (name: string) => boolean): readonly Category[] => [
  ...new Set(eventDefinitions.filter(({ type, version }) => isOfType(`${type}.v${version}`)).map(({ category }) => category)),
]

/** Of events of which no version is wanted; those that this release does not know are never passed over by the store. */
const unwanted = (isOfType: (name: string) => boolean): readonly string[] => {
  const wanted = new Set(eventDefinitions.filter(({ type, version }) => isOfType(`${type}.v${version}`)).map(({ type }) => type))
  return [...new Set(eventDefinitions.map(({ type }) => type))].filter(type => !wanted.has(type))
}
