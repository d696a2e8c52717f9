import { canonicalJson, modeOf, type PolicyDocument, type PolicyRule } from '@muster/contracts'
import { stringify } from 'yaml'

/* What differs between two sets of policies, in words: what a reviewer has to agree to. */

export interface DocumentDifference {
  readonly id: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly sentences: readonly string[]
}

/** By id, in the order of the ids; where documents stand, and in which order, is no difference. */
export function differencesBetween(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): readonly DocumentDifference[] {
  const [old, young] = [byId(before), byId(after)]
  return [...new Set([...old.keys(), ...young.keys()])].toSorted().flatMap((id): DocumentDifference[] => {
    const [one, other] = [old.get(id), young.get(id)]
    if (one === undefined) return other === undefined ? [] : [{ id, kind: 'added', sentences: described(other) }]
    if (other === undefined) return [{ id, kind: 'removed', sentences: described(one) }]
    const sentences = changesOf(one, other)
    return sentences.length === 0 ? [] : [{ id, kind: 'changed', sentences }]
  })
}

const byId = (documents: readonly PolicyDocument[]): ReadonlyMap<string, PolicyDocument> =>
  new Map(documents.map(document => [document.id, document]))

const described = (document: PolicyDocument): readonly string[] =>
  document.kind === 'Policy'
    ? [
        `${document.title}: ${document.severity}, ${modeOf(document)}`,
        ...document.rules.map(({ id, assert }) => `rule ${id} asserts ${text(assert)}`),
      ]
    : [`${document.title}: ${modeOf(document)}`, `asks when ${text(document.when)}`]

/** Fields that are said in a way of their own; all others are said as `<field> changed from … to …`. */
const ownWords = new Set(['rules', 'mode', 'apiVersion', 'id'])

function changesOf(one: PolicyDocument, other: PolicyDocument): readonly string[] {
  const [old, young]: readonly Readonly<Record<string, unknown>>[] = [one, other]
  if (old === undefined || young === undefined) return []
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter(name => !ownWords.has(name))
  return [
    ...changed('mode', modeOf(one), modeOf(other)),
    ...names.flatMap(name => changed(name, old[name], young[name])),
    ...rulesChanged(one.kind === 'Policy' ? one.rules : [], other.kind === 'Policy' ? other.rules : []),
  ]
}

function rulesChanged(before: readonly PolicyRule[], after: readonly PolicyRule[]): readonly string[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  return ids.flatMap(id => {
    const [one, other] = [before, after].map(rules => rules.find(rule => rule.id === id))
    if (one === undefined) return [`rule ${id} is added: asserts ${text(other?.assert)}`]
    if (other === undefined) return [`rule ${id} is removed: asserted ${text(one.assert)}`]
    return [...changed(`rule ${id}: assertion`, one.assert, other.assert), ...changed(`rule ${id}: message`, one.message, other.message)]
  })
}

/** Line breaks and indentation within a text are no difference. */
function changed(what: string, from: unknown, to: unknown): readonly string[] {
  if (canonicalJson({ value: from }) === canonicalJson({ value: to })) return []
  const [one, other] = [text(from), text(to)]
  if (one === other) return [`${what} is written otherwise`]
  if (from === undefined) return [`${what} is added: ${other}`]
  if (to === undefined) return [`${what} is removed: it was ${one}`]
  return [`${what} changed from ${one} to ${other}`]
}

const text = (value: unknown): string => {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').trim()
  return value === undefined ? 'nothing' : stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
}
