import type { FactField, Facts, FactsSchema, FactType, FactValue } from '@muster/contracts'
import fc from 'fast-check'

/* A small schema with every type in it, facts that fit it, and well-typed expressions over it, for property tests. */

const required = (type: FactType): FactField => ({ type, presence: 'required', description: 'For tests.' })
const optional = (type: FactType): FactField => ({ type, presence: 'optional', description: 'For tests.' })
const [bool, int, double, string, timestamp, duration] = (['bool', 'int', 'double', 'string', 'timestamp', 'duration'] as const).map(
  kind => ({ kind }),
)
const tiers = ['low', 'middle', 'high'] as const

export const testSchema: FactsSchema = {
  version: 1,
  fields: {
    now: required(timestamp as FactType),
    flag: required(bool as FactType),
    maybe: optional(bool as FactType),
    count: required(int as FactType),
    score: required(double as FactType),
    name: required(string as FactType),
    tier: required({ kind: 'enum', values: tiers }),
    at: required(timestamp as FactType),
    span: required(duration as FactType),
    inner: required({
      kind: 'record',
      fields: {
        good: required(bool as FactType),
        deep: optional({ kind: 'record', fields: { size: required(int as FactType) } }),
      },
    }),
    rows: required({
      kind: 'list',
      max: 4,
      of: {
        kind: 'record',
        fields: {
          size: required(int as FactType),
          good: required(bool as FactType),
          label: optional(string as FactType),
          seen: required(timestamp as FactType),
        },
      },
    }),
    tags: required({ kind: 'list', max: 4, of: string as FactType }),
  },
}

const instants = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000001Z',
  '2026-01-01T00:00:01Z',
  '2026-01-01T01:00:00Z',
  '2026-01-02T00:00:00Z',
]
const spans = ['1us', '1s', '1h', '24h', '-1h']
const words = ['', 'a', 'b', 'ab', 'high']

const row = fc.record(
  {
    size: fc.integer({ min: -3, max: 9 }),
    good: fc.boolean(),
    label: fc.constantFrom(...words),
    seen: fc.constantFrom(...instants),
  },
  { requiredKeys: ['size', 'good', 'seen'] },
)

/** Facts with every required field, and optional ones or not. */
export const factsWith = (presence: 'some-optional' | 'all'): fc.Arbitrary<Facts> => {
  const full = {
    now: fc.constantFrom(...instants),
    flag: fc.boolean(),
    maybe: fc.boolean(),
    count: fc.integer({ min: -3, max: 9 }),
    score: fc.constantFrom(-1, 0, 0.25, 0.65, 1, 2.5),
    name: fc.constantFrom(...words),
    tier: fc.constantFrom(...tiers),
    at: fc.constantFrom(...instants),
    span: fc.constantFrom('PT1S', 'PT1H', 'P1D'),
    inner: fc.record(
      { good: fc.boolean(), deep: fc.record({ size: fc.integer({ min: -3, max: 9 }) }) },
      { requiredKeys: presence === 'all' ? ['good', 'deep'] : ['good'] },
    ),
    rows: fc.array(presence === 'all' ? row.map(each => ({ label: '', ...each })) : row, { maxLength: 4 }),
    tags: fc.array(fc.constantFrom(...words), { maxLength: 4 }),
  }
  const optionals = presence === 'all' ? [] : ['maybe']
  const keys = Object.keys(full).filter(key => !optionals.includes(key)) as (keyof typeof full)[]
  return fc.record(full, { requiredKeys: keys })
}

/** The concrete paths of required facts in the facts, as steps. */
export function requiredPaths(facts: Facts): readonly (readonly string[])[] {
  const walk = (value: FactValue, type: FactType, at: readonly string[]): readonly (readonly string[])[] => {
    if (type.kind === 'list' && Array.isArray(value))
      return value.flatMap((element: FactValue, index) => walk(element, type.of, [...at, String(index)]))
    if (type.kind !== 'record') return []
    return Object.entries(type.fields).flatMap(([name, field]) => {
      const inner = (value as Facts)[name]
      const path = [...at, name]
      return [...(field.presence === 'required' ? [path] : []), ...(inner === undefined ? [] : walk(inner, field.type, path))]
    })
  }
  return walk(facts, { kind: 'record', fields: testSchema.fields }, [])
}

export function without(facts: Facts, paths: readonly (readonly string[])[]): Facts {
  const copy = structuredClone<{ [name: string]: FactValue }>(facts)
  for (const path of paths) {
    const owner = path.slice(0, -1).reduce<{ [name: string]: FactValue } | undefined>((inner, step) => inner?.[step] as typeof inner, copy)
    const last = path.at(-1)
    if (owner !== undefined && last !== undefined) Reflect.deleteProperty(owner, last)
  }
  return copy
}

export interface ExpressionOptions {
  /** Leave out what the profile means otherwise than CEL does, or what CEL has not. */
  readonly plainCel?: boolean
}

type Kind = 'bool' | 'int' | 'double' | 'string' | 'timestamp' | 'duration'

/** Well-typed expressions that are true or false, by their text. */
export function expressions({ plainCel = false }: ExpressionOptions = {}): fc.Arbitrary<string> {
  const one = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)
  const join = (parts: readonly fc.Arbitrary<string>[], text: (parts: string[]) => string): fc.Arbitrary<string> =>
    fc.tuple(...parts).map(text)

  const leaf = (kind: Kind, depth: number): fc.Arbitrary<string> => {
    const rows = depth > 0 ? [`r${depth}`] : []
    switch (kind) {
      case 'bool':
        return one(
          'true',
          'false',
          'flag',
          'maybe',
          'inner.good',
          'has(inner.deep)',
          'has(inner.deep.size)',
          ...rows.flatMap(r => [`${r}.good`, `has(${r}.label)`]),
        )
      case 'int':
        return one('0', '1', '-2', '7', 'count', 'inner.deep.size', 'size(rows)', 'size(name)', ...rows.map(r => `${r}.size`))
      case 'double':
        return one('0.65', '-1.0', '2.5', 'score', 'double(count)')
      case 'string':
        return one("''", "'a'", '"ab"', 'name', "(tier + '')", ...rows.map(r => `${r}.label`))
      case 'timestamp':
        return one('now', 'at', ...instants.map(instant => `timestamp('${instant}')`), ...rows.map(r => `${r}.seen`))
      case 'duration':
        return one('span', ...spans.map(span => `duration('${span}')`))
    }
  }

  const expression = (kind: Kind, size: number, depth: number): fc.Arbitrary<string> => {
    if (size <= 0) return leaf(kind, depth)
    const inner = (of: Kind): fc.Arbitrary<string> => expression(of, size - 1, depth)
    const binary = (of: Kind, ...operators: string[]) =>
      join([inner(of), one(...operators), inner(of)], ([a, op, b]) => `(${a} ${op} ${b})`)
    const choice = join([inner('bool'), inner(kind), inner(kind)], ([c, a, b]) => `(${c} ? ${a} : ${b})`)
    switch (kind) {
      case 'bool': {
        const macro = (list: string, names: readonly string[]) =>
          join([one(...names), expression('bool', size - 1, depth + 1)], ([name, body]) => `${list}.${name}(r${depth + 1}, ${body})`)
        const macros = depth >= 2 ? [] : [macro('rows', plainCel ? ['all', 'exists'] : ['all', 'exists', 'exists_one'])]
        const mixed = join([inner('double'), one('<', '<=', '>', '>=', '==', '!='), inner('int')], ([a, op, b]) => `(${a} ${op} ${b})`)
        return fc.oneof(
          { weight: 2, arbitrary: leaf('bool', depth) },
          { weight: 4, arbitrary: binary('bool', '&&', '||') },
          inner('bool').map(text => `!(${text})`),
          choice,
          binary('int', '<', '<=', '>', '>=', '==', '!='),
          binary('double', '<', '<=', '>', '>=', '==', '!='),
          mixed,
          binary('string', '==', '!=', '<'),
          { weight: 3, arbitrary: binary('timestamp', '<', '<=', '>', '>=', '==', '!=') },
          { weight: 2, arbitrary: binary('duration', '<', '<=', '>', '>=', '==', '!=') },
          join([inner('string')], ([a]) => `(${a} in tags)`),
          join([inner('string'), inner('string')], ([a, b]) => `(${a}).contains(${b})`),
          join([inner('string')], ([a]) => `(${a}).matches('^a.*b?$')`),
          join([inner('string'), inner('string')], ([a, b]) => `(${a} in ['a', ${b}])`),
          one("tier in ['low', 'high']", "tier != 'middle'"),
          ...macros.map(arbitrary => ({ weight: 4, arbitrary })),
        )
      }
      case 'int': {
        const filtered = expression('bool', size - 1, depth + 1).map(body => `size(rows.filter(r${depth + 1}, ${body}))`)
        return fc.oneof(
          leaf('int', depth),
          binary('int', '+', '-', '*'),
          binary('int', '/', '%'),
          choice,
          ...(depth >= 2 ? [] : [filtered]),
        )
      }
      case 'double':
        return fc.oneof(leaf('double', depth), binary('double', '+', '-', '*', ...(plainCel ? [] : ['/'])), choice)
      case 'string':
        return fc.oneof(leaf('string', depth), binary('string', '+'), choice)
      case 'timestamp':
        return fc.oneof(
          leaf('timestamp', depth),
          join([inner('timestamp'), one('+', '-'), inner('duration')], ([a, op, b]) => `(${a} ${op} ${b})`),
          choice,
        )
      case 'duration':
        return fc.oneof(leaf('duration', depth), binary('timestamp', '-'), binary('duration', '+', '-'), choice)
    }
  }
  return expression('bool', 3, 0)
}

/** The facts with one required fact replaced by what its type does not allow. */
export function disturbed(facts: Facts): fc.Arbitrary<Facts> {
  const strange = fc.constantFrom<FactValue>('strange', 3.5, true, {}, [{}], ['a', 7, 'b'], 'P99999999999999999999D', 'constructor')
  return fc.tuple(fc.constantFrom(...requiredPaths(facts)), strange).map(([path, value]) => {
    const copy = structuredClone<{ [name: string]: FactValue }>(facts)
    const owner = path.slice(0, -1).reduce((inner, step) => inner[step] as typeof inner, copy)
    const last = path.at(-1)
    if (last !== undefined) owner[last] = value
    return copy
  })
}
