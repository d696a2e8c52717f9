import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'

describe('muster policies schema', () => {
  it.each([
    ['a policy', ['policies', 'schema'], 'policy-document'],
    ['a file of cases', ['policies', 'schema', '--cases'], 'policy-cases'],
  ])('prints the schema of %s that the contracts have', async (_, words, name) => {
    const terminal = fakeTerminal()
    expect(await muster(words, terminal)).toBe(0)
    expect(JSON.parse(terminal.out())).toEqual(
      JSON.parse(readFileSync(new URL(`../../../../contracts/schemas/${name}.json`, import.meta.url), 'utf8')),
    )
  })
})
