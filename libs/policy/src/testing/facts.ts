import type { FactFields, Facts, FactsSchema, FactType, FactValue } from '@muster/contracts'
import fc from 'fast-check'

/* Facts of any schema: fields that may be missing, values that policies ask about among values that they do not, and now and then a wrong one. */

const instants = [
  '2026-08-01T00:00:00Z',
  '2026-11-02T00:00:00.123Z',
  '2026-11-25T12:00:00Z',
  '2026-11-25T12:00:00.000001Z',
  '2027-01-01T01:00:00+01:00',
]
const figures = [-1, 0, 0.1, 0.59, 0.6, 0.65, 0.79, 0.8, 1, 1.25, 1.26, 250, 1_000]
const strange = fc.constantFrom<FactValue>('strange', 0.5, 7, true, {}, [], [{}])

export const factsOf = ({ fields }: FactsSchema, texts: readonly string[]): fc.Arbitrary<Facts> => recordOf(fields, texts)

function recordOf(fields: FactFields, texts: readonly string[]): fc.Arbitrary<Facts> {
  const entries = Object.entries(fields).map(([name, { type, presence }]) => {
    const there = { weight: presence === 'required' ? 120 : 60, arbitrary: valueOf(type, texts) }
    const field: fc.Arbitrary<FactValue | undefined> = fc.oneof(
      there,
      { weight: presence === 'required' ? 5 : 40, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: strange },
    )
    return field.map((value): [string, FactValue][] => (value === undefined ? [] : [[name, value]]))
  })
  return fc.tuple(...entries).map(several => Object.fromEntries(several.flat()))
}

function valueOf(type: FactType, texts: readonly string[]): fc.Arbitrary<FactValue> {
  switch (type.kind) {
    case 'string':
      return fc.constantFrom(...texts)
    case 'bool':
      return fc.boolean()
    case 'int':
      return fc.constantFrom(-1, 0, 1, 2, 30, 1_000, 100_000)
    case 'double':
      return fc.constantFrom(...figures)
    case 'enum':
      return fc.constantFrom(...type.values)
    case 'timestamp':
      return fc.constantFrom(...instants)
    case 'duration':
      return fc.constantFrom('PT1S', 'P90D')
    case 'list':
      return fc.array(valueOf(type.of, texts), { maxLength: 4 })
    case 'record':
      return recordOf(type.fields, texts)
  }
}
