import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { factsSchema, type Facts, type PolicyDocument } from '@muster/contracts'
import { compileDocument, evaluateApprovalRule, evaluatePolicy } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { muster } from '../../services/cli/src/muster.ts'
import { fakeTerminal } from '../../services/cli/src/testing/terminal.ts'
import { documentsOf, packs, shipped } from './testing/shipped.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** A version that is not registered is one of which that is not known: the rule is unknown then, which blocks, and never fails. */
const neverFails = ['non-production/version-registered']

interface Case {
  readonly policy: string
  readonly expect?: Readonly<Record<string, string>>
  readonly asks?: boolean
}
const casesOf = (folder: string): readonly Case[] =>
  readdirSync(join(here, folder))
    .filter(name => name.endsWith('.cases.yaml'))
    .flatMap(name => (parse(readFileSync(join(here, folder, name), 'utf8')) as { cases?: readonly Case[] }).cases ?? [])

describe.each(['starter', ...packs])('The policies of %s', folder => {
  const documents = documentsOf(folder)
  const cases = casesOf(folder)

  it('answer all of their cases as they say, and each rule is seen to pass and to fail', async () => {
    const terminal = fakeTerminal({ cwd: here })
    const code = await muster(['policies', 'test', folder, '--output', 'json'], terminal)
    const answer = JSON.parse(terminal.out()) as { cases: unknown[]; untried: { pass: string[]; fail: string[] } }
    const untried = { ...answer.untried, fail: answer.untried.fail.filter(rule => !neverFails.includes(rule)) }
    expect({ code, untried }).toEqual({ code: 0, untried: { pass: [], fail: [] } })
    expect(answer.cases.length).toBe(cases.length)
  })

  it('are seen to be unknown where a fact is missing, rule by rule', () => {
    const rules = documents.flatMap(document =>
      document.kind === 'Policy' ? document.rules.map(({ id }) => [document.id, id] as const) : [],
    )
    expect(
      rules
        .filter(([policy, rule]) => !cases.some(one => one.policy === policy && one.expect?.[rule] === 'unknown'))
        .map(rule => rule.join('/')),
    ).toEqual([])
  })

  it('are seen to ask a person and not to ask one, where they are approval rules', () => {
    const rules = documents.filter(({ kind }) => kind === 'ApprovalRule').map(({ id }) => id)
    const answers = (rule: string): readonly boolean[] =>
      [true, false].filter(asks => cases.some(one => one.policy === rule && one.asks === asks))
    expect(rules.filter(rule => answers(rule).length < 2)).toEqual([])
  })

  it('say why they are there, which controls they serve, and what to do', () => {
    for (const document of documents) {
      expect(document.rationale, document.id).toBeTruthy()
      expect(document.controls?.length, document.id).toBeGreaterThan(0)
      if (document.kind !== 'Policy') continue
      const steps = document.remediation?.steps ?? []
      expect(steps.length, document.id).toBeGreaterThan(0)
      // A comma within a step of a list in brackets begins another step.
      expect(
        steps.filter(step => !/^[A-Z]/.test(step)),
        document.id,
      ).toEqual([])
    }
  })

  it('are tried on the same model as all others, in a file of their own, so that the folder can be copied alone', () => {
    const base = (name: string): string => readFileSync(join(here, name, 'base.cases.yaml'), 'utf8')
    expect(base(folder)).toBe(base('starter'))
  })
})

describe('The packs of policies', () => {
  it('can stand in one catalogue with each other and with the starter policies: no id is there twice', () => {
    const ids = shipped.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('speak of production, whatever else is known, but for the prohibited practices', () => {
    const elsewhere: Facts = { intent: { environment: 'staging' } }
    const speaking = packs.flatMap(documentsOf).filter(document => applies(document, elsewhere) !== false)
    expect(speaking.map(({ id }) => id)).toEqual(['eu-ai-act-prohibited'])
  })

  it('begin the ids of their policies with their own name', () => {
    const strangers = packs.flatMap(pack =>
      documentsOf(pack)
        .map(({ id }) => id)
        .filter(id => !id.startsWith(`${basename(pack)}-`)),
    )
    expect(strangers).toEqual([])
  })

  it('ask people only in roles that the guide names', () => {
    const roles = shipped.flatMap(document => (document.kind === 'ApprovalRule' ? document.needs.map(({ role }) => role) : []))
    expect([...new Set(roles)].toSorted()).toEqual(['data-protection', 'model-risk'])
  })
})

function applies(document: PolicyDocument, facts: Facts): unknown {
  const result = compileDocument(document, factsSchema)
  if (!result.ok) throw new Error(`${document.id} does not compile`)
  const { compiled } = result
  return compiled.kind === 'Policy' ? evaluatePolicy(compiled, facts).applies : evaluateApprovalRule(compiled, facts).applies
}
