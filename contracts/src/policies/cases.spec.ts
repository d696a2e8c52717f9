import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { PolicyCaseFile, PolicyCases } from './cases.ts'

const one = { name: 'a case', facts: { 'datasets[0].license': null }, expect: { holds: 'pass' } }
const messages = (value: unknown): readonly string[] => PolicyCases.safeParse(value).error?.issues.map(({ message }) => message) ?? []

describe('The cases of a policy', () => {
  it('are facts and what must come out, each in one of three ways', () =>
    expect(
      messages({ facts: { model: { owner: 'ben' } }, cases: [one, { name: 'b', applies: false }, { name: 'c', asks: true }] }),
    ).toEqual([]))

  it.each([
    ['a case that expects nothing', { cases: [{ name: 'a' }] }],
    ['a case that expects two things', { cases: [{ ...one, applies: false }] }],
    ['an outcome that does not exist', { cases: [{ ...one, expect: { holds: 'passed' } }] }],
    ['a field too many', { cases: [], base: 'a.cases.yaml' }],
  ])('are not %s', (_, value) => expect(messages(value)).not.toEqual([]))

  it('are bounded in number, size and depth, whatever is sent', () => {
    expect(messages({ cases: Array.from({ length: 201 }, () => one) })).not.toEqual([])
    const large = { name: 'large', facts: { x: 'é'.repeat(70_000) }, applies: false }
    expect(messages({ cases: [large] })).toEqual([])
    expect(messages({ cases: [large, large] })).toEqual(['at most 256 KiB of JSON'])
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown
    expect(messages({ facts: { x: deep }, cases: [] })).toEqual(['at most 20 levels deep'])
  })

  it('have a JSON Schema, sent or in a file', () => {
    for (const schema of [PolicyCases, PolicyCaseFile])
      expect(Object.values(z.toJSONSchema(schema).$defs ?? {})[0]).toMatchObject({ type: 'object', additionalProperties: false })
  })
})
