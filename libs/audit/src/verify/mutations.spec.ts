import type { Ed25519Verify } from '@muster/ledger'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../bundle/manifest.ts'
import { numbers } from '../../../kernel/src/testing/numbers.ts'
import { history } from '../testing/history.ts'
import { bundleOf, ledgerOf, take, trust, verified, verify, type Files } from '../testing/ledger.ts'

/* Whatever is changed at random is found, and what nobody changed raises nothing. The same changes in every run. */

/** Ten thousand bundles have the same few signatures, and what is proven here is not Ed25519. */
const known = new Map<string, boolean>()
const remembering: Ed25519Verify = (key, message, signature) => {
  const question = [key, message, signature].map(bytes => Buffer.from(bytes).toString('latin1')).join('\n')
  const answer = known.get(question) ?? verify(key, message, signature)
  known.set(question, answer)
  return answer
}
const auditor = { trust, verify: remembering }

const characters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"{}[]:,.\\/+-=_ \n\té\u0000'

describe('A bundle', () => {
  it('with anything in it changed at random is never taken for whole', async () => {
    const random = numbers(42)
    const below = (end: number): number => Math.floor(random() * end)
    const events = take(history(3), 120).map(({ event }) => event)
    const source = ledgerOf(events)
    // Parts of a log are verified in a millisecond; decisions are decided again in the smaller number that is of whole ones.
    const bundles: readonly (readonly [Files, number])[] = [
      [await bundleOf(source, { kind: 'range', from: 90, to: 94 }), 9_850],
      [await bundleOf(ledgerOf(events.slice(0, 24))), 150],
    ]
    let [changed, found] = [0, 0]
    for (const [files, times] of bundles) {
      const names = [...files.keys()]
      for (let made = 0; made < times;) {
        const name = names[below(names.length)] ?? ''
        const text = files.get(name) ?? ''
        const at = below(text.length)
        const piece = Array.from({ length: 1 + below(3) }, () => characters[below(characters.length)] ?? '').join('')
        const next = [
          () => text.slice(0, at) + piece + text.slice(at + piece.length),
          () => text.slice(0, at) + piece + text.slice(at),
          () => text.slice(0, at) + text.slice(at + 1 + below(40)),
          () => text.slice(0, at),
          () => text.slice(0, at) + text.slice(at, at + below(400)) + text.slice(at),
          () =>
            text
              .split('\n')
              .toSorted((one, other) => one.length - other.length)
              .join('\n'),
        ][below(6)]?.()
        if (next === undefined || next === text) continue
        made += 1
        changed += 1
        const { verdict } = await verified(new Map([...files, [name, next]]), auditor)
        if (verdict !== 'whole') found += 1
        else expect.soft(next, name).toBe(text)
      }
    }
    console.log(`${found} of ${changed} random changes found`)
    expect(found).toBe(changed)
    expect(changed).toBe(10_000)
  }, 60_000)

  it('that nobody touched is whole, whatever its history and whatever part of it', async () => {
    let [whole, checks] = [0, 0]
    for (let seed = 0; seed < 50; seed += 1) {
      const lines = take(history(seed), 36)
      for (let cut = 0; cut < 4; cut += 1) {
        const size = 36 - cut * 4
        const source = ledgerOf(
          lines.slice(0, size).map(({ event }) => event),
          { sizes: cut === 0 ? [7, size] : [size] },
        )
        const model = `model-${seed}-0`
        const scopes: readonly Scope[] = [
          { kind: 'log' },
          { kind: 'range', from: 1 + (seed % 9), to: 12 + cut },
          { kind: 'range', from: 0, to: 13 + cut },
          { kind: 'model', model },
          { kind: 'deployment', deployment: `${model}.v1` },
        ]
        for (const scope of scopes) {
          const report = await verified(await bundleOf(source, scope), auditor)
          expect(report.findings, JSON.stringify(scope)).toEqual([])
          if (report.verdict === 'whole') whole += 1
          checks += report.checks
        }
      }
    }
    console.log(`${whole} of 1000 bundles whole, ${checks} checks performed again`)
    expect(whole).toBe(1_000)
    expect(checks).toBeGreaterThan(500)
  }, 60_000)
})
