import type { FactsChange, PolicyCase, PolicyCases } from '@muster/contracts'
import type { Expected, ReadCase, ReadCases } from './case-file.ts'
import { changeBetween, factsOf } from './changed-facts.ts'

/*
 * The cases of one policy out of the files that they stand in, put together so that they can be sent and run anywhere. They stand on the facts
 * of the file that the first stands in; those of other files say what differs from them.
 */

export function casesFor(policyId: string, { cases }: Pick<ReadCases, 'cases'>): PolicyCases {
  const own = cases.filter(({ policy }) => policy === policyId)
  const [first] = own
  if (first === undefined) return { cases: [] }
  const facts = factsOf(commonOf(first))
  const shared = Object.keys(facts).length === 0 ? {} : { facts: facts as FactsChange }
  const change = (one: ReadCase): FactsChange =>
    commonOf(one).every((part, index) => part === commonOf(first)[index])
      ? (one.changes.at(-1) ?? {})
      : changeBetween(facts, factsOf(one.changes))
  return { ...shared, cases: own.map(one => sent(one.name, change(one), one.expected)) }
}

const commonOf = ({ changes }: ReadCase): readonly FactsChange[] => changes.slice(0, -1)

function sent(name: string, change: FactsChange, expected: Expected): PolicyCase {
  const common = { name, ...(Object.keys(change).length > 0 && { facts: change }) }
  switch (expected.kind) {
    case 'outcomes':
      return { ...common, expect: expected.outcomes }
    case 'asks':
      return { ...common, asks: expected.asks }
    case 'does-not-apply':
      return { ...common, applies: false }
  }
}
