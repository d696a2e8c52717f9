import { describe, expect, it } from 'vitest'
import { history } from '../testing/history.ts'
import { bundleOf, ledgerOf, take, trust, verified } from '../testing/ledger.ts'

describe('A bundle', () => {
  it('of a whole log that nobody touched is whole, and every check in it comes out the same', async () => {
    const events = take(history(1), 200).map(({ event }) => event)
    const report = await verified(await bundleOf(ledgerOf(events)), { trust })
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'whole', events: 200, size: 200 })
    expect(report.checks).toBeGreaterThan(5)
  })
})
