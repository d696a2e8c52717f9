import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { documentsOf, packs, shipped } from './testing/shipped.ts'

/* The tables of the guide to the packs, held to the policies both ways: nothing is claimed that no policy does, and nothing is left out. */

const guide = join(dirname(fileURLToPath(import.meta.url)), '../../docs/guides/packs.md')
const page = readFileSync(guide, 'utf8')

const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map(cell => cell.trim())
const linesOf = (cell: string): readonly string[] => cell.split('<br>').map(line => line.trim())

interface Row {
  readonly controls: readonly string[]
  /** As the guide says it: `policy`: rule, rule. */
  readonly checks: readonly Check[]
  readonly manual: string
}
interface Check {
  readonly policy: string
  readonly rules: readonly string[] | 'asks a person'
}

function checkOf(text: string): Check {
  const [, policy = '', rules = ''] = /^`([a-z0-9-]+)`: (.+)$/.exec(text) ?? []
  return { policy, rules: rules === 'asks a person' ? rules : rules.split(', ') }
}

const rows = page
  .split('\n')
  .filter(line => /^\| `[a-z0-9-]+:/.test(line))
  .map((line): Row => {
    const [controls = '', , checks = '', manual = ''] = cellsOf(line)
    return {
      controls: linesOf(controls).map(control => control.replaceAll('`', '')),
      checks: checks === 'nothing' ? [] : linesOf(checks).map(checkOf),
      manual,
    }
  })
const checks = rows.flatMap(row => row.checks)
const section = (name: string): readonly string[] => new RegExp(`<!-- ${name}: [^]*?<!-- /${name} -->`).exec(page)?.[0].split('\n') ?? []

const ruleIds = (id: string): readonly string[] => {
  const document = shipped.find(one => one.id === id)
  return document?.kind === 'Policy' ? document.rules.map(rule => rule.id) : []
}
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].toSorted()

describe('The coverage tables of the guide', () => {
  it('say of each control which policies name it, all of them and no other', () => {
    const named = sorted(shipped.flatMap(({ controls }) => controls ?? []))
    const inPolicies = named.map(control => [
      control,
      sorted(shipped.filter(({ controls }) => controls?.includes(control)).map(({ id }) => id)),
    ])
    const inGuide = named.map(control => [
      control,
      sorted(rows.filter(({ controls }) => controls.includes(control)).flatMap(row => row.checks.map(({ policy }) => policy))),
    ])
    expect(inGuide).toEqual(inPolicies)
  })

  it('let a policy stand only where it names every control of the row', () => {
    const strangers = rows.flatMap(row =>
      row.checks.flatMap(({ policy }) => {
        const named = shipped.find(({ id }) => id === policy)?.controls ?? []
        return row.controls.filter(control => !named.includes(control)).map(control => `${control} ${policy}`)
      }),
    )
    expect(strangers).toEqual([])
  })

  it('name no rule that is not there, and every rule at least once', () => {
    for (const { id, kind } of shipped) {
      const said = checks.filter(({ policy }) => policy === id).map(({ rules }) => rules)
      if (kind === 'ApprovalRule') expect([id, new Set(said)]).toEqual([id, new Set(['asks a person'])])
      else expect([id, sorted(said.flat())]).toEqual([id, sorted(ruleIds(id))])
    }
  })

  it('say of each control what remains for people', () => {
    expect(rows.filter(({ manual }) => manual === '').flatMap(({ controls }) => controls)).toEqual([])
  })

  it('have a row for each article of the EU AI Act that the pack is about, and each point of Annex IV', () => {
    const articles = [9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 26, 27, 72, 73].map(article => `eu-ai-act:art-${article}`)
    const points = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(point => `eu-ai-act:annex-iv-${point}`)
    const there = rows.flatMap(({ controls }) => controls)
    expect([...articles, ...points].filter(control => !there.includes(control))).toEqual([])
  })

  it('have a row for each of the 38 controls of ISO/IEC 42001 Annex A', () => {
    expect(sorted(rows.flatMap(({ controls }) => controls).filter(control => control.startsWith('iso-42001:')))).toHaveLength(38)
  })

  it('give SR 11-7 to the same policies as SR 26-2', () => {
    const naming = (prefix: string): readonly string[] =>
      sorted(shipped.filter(({ controls }) => controls?.some(control => control.startsWith(prefix))).map(({ id }) => id))
    expect(naming('sr-11-7:')).toEqual(naming('sr-26-2:'))
  })
})

describe('The guide to the packs', () => {
  it('counts policies, rules and approval rules as they are', () => {
    const counted = ['starter', ...packs].map(folder => {
      const documents = documentsOf(folder)
      const policies = documents.filter(({ kind }) => kind === 'Policy')
      return [folder, policies.length, policies.flatMap(({ id }) => ruleIds(id)).length, documents.length - policies.length]
    })
    const said = section('packs')
      .filter(line => line.startsWith('| ['))
      .map(line => {
        const [link = '', , ...counts] = cellsOf(line)
        return [/\(\.\.\/\.\.\/infra\/policies\/([a-z0-9/-]+)\)/.exec(link)?.[1] ?? '', ...counts.map(Number)]
      })
    expect(new Map(said.map(row => [row[0], row]))).toEqual(new Map(counted.map(row => [row[0], row])))
  })

  it('names only rules that are there as examples of a family', () => {
    const examples = section('families').flatMap(line => [...line.matchAll(/`([a-z0-9-]+)\/([a-z0-9-]+)`/g)])
    expect(examples.length).toBeGreaterThan(20)
    expect(examples.filter(([, policy = '', rule = '']) => !ruleIds(policy).includes(rule)).map(([text]) => text)).toEqual([])
  })
})
