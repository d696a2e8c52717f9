import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { factsSchema } from '@muster/contracts'
import { examinePolicyFiles } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { muster } from '../../services/cli/src/muster.ts'
import { fakeTerminal } from '../../services/cli/src/testing/terminal.ts'

const here = dirname(fileURLToPath(import.meta.url))
const packs = readdirSync(join(here, 'packs')).toSorted()

const policiesIn = (folder: string) =>
  readdirSync(join(here, folder))
    .filter(name => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map(name => ({ name: join(folder, name), text: readFileSync(join(here, folder, name), 'utf8') }))

describe('The packs of policies', () => {
  it.each(packs)('%s answers all of its cases as they say, and each rule is seen to pass and to fail', async pack => {
    const terminal = fakeTerminal({ cwd: here })
    const code = await muster(['policies', 'test', join('packs', pack), '--output', 'json'], terminal)
    const { cases, untried } = JSON.parse(terminal.out())
    expect({ code, untried }).toEqual({ code: 0, untried: { pass: [], fail: [] } })
    expect(cases.length).toBeGreaterThan(0)
  })

  it('can stand in one catalogue with each other and with the starter policies: no id is there twice', () => {
    const { sources, errors } = examinePolicyFiles(['starter', ...packs.map(pack => join('packs', pack))].flatMap(policiesIn), factsSchema)
    expect(errors).toEqual([])
    const ids = sources.map(({ document }) => document.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('say of every policy why it is there, and which controls it serves', () => {
    const { sources } = examinePolicyFiles(packs.map(pack => join('packs', pack)).flatMap(policiesIn), factsSchema)
    expect(
      sources
        .filter(({ document }) => document.rationale === undefined || (document.controls ?? []).length === 0)
        .map(({ document }) => document.id),
    ).toEqual([])
  })
})
