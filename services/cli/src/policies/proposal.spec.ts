import { factsSchema, type PolicyCases, type PolicyDocument, type PolicyView } from '@muster/contracts'
import { examinePolicyFiles } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { policyText } from '../../../../libs/policy/src/testing/policy-texts.ts'
import { differencesFrom, digestOf, standingOf, type Standing } from './proposal.ts'

const documentOf = (text: string): PolicyDocument => {
  const [source] = examinePolicyFiles([{ name: 'a.yaml', text }], factsSchema).sources
  if (source === undefined) throw new Error('not a policy')
  return source.document
}
const now = documentOf(policyText('a'))
const before = documentOf(policyText('a').replace('severity: high', 'severity: low'))
const cases: PolicyCases = { cases: [{ name: 'elsewhere', applies: false }] }
const proposal = { digest: digestOf(now), cases }

const at = '2026-11-25T12:00:00Z'
const view = (of: PolicyDocument, rest: Partial<PolicyView> = {}): PolicyView => ({
  id: 'a',
  status: 'in-force',
  kind: of.kind,
  title: of.title,
  owner: of.owner,
  document: of,
  digest: digestOf(of),
  version: 1,
  mode: 'enforce',
  effectiveFrom: at,
  reviewed: true,
  publishedAt: at,
  comments: 0,
  position: 1,
  ...rest,
})
type Change = NonNullable<PolicyView['change']>
const change = (of: PolicyDocument, rest: Partial<Change> = {}): Change => ({
  status: 'draft',
  digest: digestOf(of),
  document: of,
  authors: [{ name: 'tom', person: 'tom' }],
  cases,
  draftedAt: at,
  differences: [],
  ...rest,
})
const trial = (of: PolicyDocument): NonNullable<PolicyView['trial']> => ({
  id: 'a',
  version: 2,
  digest: digestOf(of),
  document: of,
  mode: 'shadow',
  trial: true,
  effectiveFrom: at,
  reviewed: true,
  publishedAt: at,
  position: 2,
})
const { version: _, publishedAt: __, effectiveFrom: ___, ...unpublished } = view(now, { status: 'draft', reviewed: false })

describe('A proposal beside what the server has', () => {
  it.each<[Standing, string, PolicyView | undefined]>([
    ['new', 'nobody knows the policy', undefined],
    ['changed', 'the version in force says something else', view(before)],
    ['changed', 'the version that is tried says something else', view(now, { trial: trial(before) })],
    ['changed', 'what is proposed and what is in force say something else', view(before, { change: change(before) })],
    ['unchanged', 'the version in force says the same', view(now)],
    ['unchanged', 'the version that is tried says the same', view(before, { trial: trial(now) })],
    ['drafted', 'it is a draft already', { ...unpublished, change: change(now) }],
    ['drafted', 'it is in review with other cases', view(before, { change: change(now, { status: 'in-review', cases: { cases: [] } }) })],
    ['in-review', 'it is in review', view(before, { change: change(now, { status: 'in-review' }) })],
    ['sent-back', 'a reviewer said no to it', view(before, { change: change(now, { status: 'changes-requested' }) })],
    ['other-change', 'it is in force, and somebody proposes another', view(now, { change: change(before) })],
    ['retired', 'it was retired', view(now, { status: 'retired', retiredAt: at })],
    ['changed', 'it was retired and says something else', view(before, { status: 'retired', retiredAt: at })],
  ])('is %s where %s', (standing, _why, of) => expect(standingOf(proposal, of)).toBe(standing))

  it('says what it changes of the newest version, and what it says where there is none', () => {
    expect(differencesFrom(view(now, { trial: trial(before) }), now)).toEqual(['severity changed from low to high'])
    expect(differencesFrom({ ...unpublished, change: change(before) }, now)).toContainEqual(expect.stringContaining('rule holds asserts'))
    expect(differencesFrom(undefined, now)).toContainEqual(expect.stringContaining('rule holds asserts'))
  })
})
