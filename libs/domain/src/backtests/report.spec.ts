import { backtestClasses } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyReport, foldReport, type Found } from './report.ts'

const name = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.string())
const found: fc.Arbitrary<Found> = fc
  .record({
    class: fc.constantFrom(...backtestClasses),
    applying: fc.uniqueArray(name, { maxLength: 3 }),
    missing: fc.array(fc.constantFrom('datasets[0].dpia', 'datasets[1].dpia', 'evaluation.auc'), { maxLength: 3 }),
    team: fc.option(name, { nil: undefined }),
  })
  .map(({ team, applying, ...rest }) => ({ ...rest, applying, deciding: applying.slice(0, 1), about: team === undefined ? {} : { team } }))

describe('The report of a backtest', () => {
  it('is the same, however its decisions are cut into pages', () =>
    fc.assert(
      fc.property(fc.array(found), fc.nat(), (all, at) => {
        const cut = all.length === 0 ? 0 : at % all.length
        const inTwo = foldReport(foldReport(emptyReport, all.slice(0, cut)), all.slice(cut))
        expect(inTwo).toEqual(foldReport(emptyReport, all))
        expect(JSON.parse(JSON.stringify(inTwo))).toEqual(inTwo)
      }),
    ))

  it('counts every decision once in its class, for its team and tier, and a path once for a decision', () => {
    const one: Found = {
      class: 'undecidable',
      applying: ['x', 'y'],
      deciding: ['x'],
      missing: ['datasets[0].dpia', 'datasets[1].dpia'],
      about: { team: 'group:a' },
    }
    const report = foldReport(emptyReport, [one, { ...one, class: 'unchanged', deciding: [], missing: [] }])
    const counted = { decisions: 2, undecidable: 1, unchanged: 1 }
    expect(report).toMatchObject({ ...counted, byTeam: { 'group:a': counted }, byRiskTier: { '(unknown)': counted } })
    expect(report.byPolicy).toMatchObject({ x: counted, y: { decisions: 2, unchanged: 2, undecidable: 0 } })
    expect(report.missing).toEqual({ 'datasets[].dpia': 1 })
  })

  it('does not grow without end', () => {
    const many = Array.from({ length: 3_000 }, (_, index): Found => ({
      class: 'newly-blocked',
      applying: [],
      deciding: [],
      missing: [],
      about: { team: `team ${index}` },
    }))
    const { byTeam } = foldReport(emptyReport, many)
    expect(Object.keys(byTeam)).toHaveLength(1_001)
    expect(byTeam['(others)']).toMatchObject({ decisions: 2_000 })
  })
})
