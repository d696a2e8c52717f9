import type { Policy } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { now } from '../testing/example.ts'
import { catalogueOf, check, policy, published, tried } from '../testing/policies.ts'
import { inForce } from './catalogue.ts'
import { milliseconds, remediationOf } from './remediation.ts'

const remedied = (...documents: Policy[]) =>
  remediationOf(check(documents), inForce(catalogueOf(...documents.map(document => published(document))), now))
const fails = (id: string, remediate: string, ...steps: string[]): Policy =>
  policy({ id, assert: 'false', serviceLevel: { remediate }, remediation: { steps } })

describe('Remediation', () => {
  it('takes the steps of every policy that stands in the way, each once', () =>
    expect(
      remedied(fails('a', 'P5D', 'Train again', 'Declare a new intent'), fails('b', 'P5D', 'Evaluate', 'Declare a new intent')).steps,
    ).toEqual(['Train again', 'Declare a new intent', 'Evaluate']))

  it('asks nothing of a version that is tried in shadow beside one that stands in the way', () => {
    const catalogue = tried([fails('a', 'P5D', 'Train again')], [fails('a', 'PT1H', 'Stop')])
    expect(remediationOf(check([], { catalogue }), catalogue)).toEqual({ steps: ['Train again'], by: '2026-11-30T12:00:00.000Z' })
  })

  it('is due by the shortest of their deadlines', () =>
    expect(remedied(fails('a', 'P5D'), fails('b', 'PT4H')).by).toBe('2026-11-25T16:00:00.000Z'))

  it('is due in a day, where none names a deadline', () =>
    expect(remedied(policy({ assert: 'false' })).by).toBe('2026-11-26T12:00:00.000Z'))

  it('asks nothing for a policy that passes, warns or leaves it to people', () =>
    expect(
      remedied(
        { ...fails('a', 'PT1H', 'Pass'), rules: policy().rules },
        { ...fails('b', 'PT1H', 'Warn'), mode: 'warn' },
        { ...fails('c', 'PT1H', 'Ask'), onUnknown: 'requireApproval', rules: policy({ assert: "version.framework == 'x'" }).rules },
      ),
    ).toEqual({ steps: [], by: '2026-11-26T12:00:00.000Z' }))
})

it.each([
  ['P2W', 14 * 24 * 3600],
  ['P90D', 90 * 24 * 3600],
  ['PT4H', 4 * 3600],
  ['P1DT2H3M4S', 93_784],
  ['PT90M', 5400],
  ['PT0S', 0],
])('The duration %s is %d seconds', (duration, seconds) => expect(milliseconds(duration)).toBe(seconds * 1000))
