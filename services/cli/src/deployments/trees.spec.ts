import { factsSchema, type DeploymentView, type Policy } from '@muster/contracts'
import { compileDocument } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { shownIn, treesOf } from './trees.ts'

const document = {
  apiVersion: 'muster.dev/v1',
  kind: 'Policy',
  id: 'privacy',
  title: 'Personal data is assessed',
  owner: 'group:privacy',
  severity: 'high',
  at: ['intent'],
  appliesTo: 'true',
  rules: [
    { id: 'dpia', assert: 'datasets.all(d, !d.personalData || has(d.dpia))', message: 'No assessment.' },
    { id: 'named', assert: "datasets.all(d, d.name != '')", message: 'No name.' },
  ],
  onUnknown: 'block',
} satisfies Policy

describe('The trees of a deployment', () => {
  it('are those of the rules that did not pass, on the facts of the record', () => {
    const compiled = compileDocument(document, factsSchema, { version: 3, digest: 'sha256:x' })
    if (!compiled.ok) throw new Error('the policy does not compile')
    const check = {
      snapshot: {
        datasets: [
          { name: 'loans', personalData: false },
          { name: 'people', personalData: true },
        ],
      },
      rules: [
        { policy: 'privacy', version: 3, rule: 'dpia', outcome: 'fail' },
        { policy: 'privacy', version: 3, rule: 'named', outcome: 'pass' },
        { policy: 'privacy', version: 2, rule: 'dpia', outcome: 'fail' },
      ],
    }
    const view = { check } as unknown as DeploymentView
    expect(treesOf(view, shownIn(view, 'noteworthy'), [compiled.compiled])).toBe(
      `privacy/dpia asks for
  ✖ each of datasets (2)
    ✖ at least one of these
      ✖ datasets[1].personalData is true, false is needed
      ✖ datasets[1].dpia is missing`,
    )
    expect(treesOf(view, shownIn(view, 'all'), [compiled.compiled])).toContain('privacy/named asks for\n  ✔')
    expect(treesOf({} as DeploymentView, [], [compiled.compiled])).toBe('')
  })
})
