import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  eventDefinitions,
  factsSchema,
  findDefinition,
  fromWireType,
  parseSubject,
  personalFieldsOf,
  storedType,
  textFields,
  textsOfEvents,
  type FactFields,
  type FactType,
} from '@muster/contracts'
import { describeSettings } from '@muster/nest-host'
import { parsePolicyText } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { IdentitySettings } from '../libs/nest-host/src/identity.ts'

/*
 * What the pages say, held to the code. A table between marks is made from the code: `npx vitest run --project unit docs/docs.spec.ts -u`
 * writes it anew. Every event and policy that a page shows must be taken by the contracts.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')
const pages = ['docs/operations.md', 'docs/guides/policies.md', 'docs/guides/decisions.md', 'docs/guides/events.md']

const withTable = (page: string, name: string, lines: readonly string[]): string =>
  page.replace(new RegExp(`(<!-- ${name}: [^\n]*-->\n)[^]*?(<!-- /${name} -->)`), (_, begin: string, end: string) =>
    [begin, '\n', ...lines.map(line => `${line}\n`), '\n', end].join(''),
  )
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;')
const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

describe('The tables of the pages', () => {
  it('name every setting, with its default and its sentence', async () => {
    const rows = describeSettings().map(
      ({ variable, path, description, default: value, secret }) =>
        `| \`${variable}\` | ${code(path)} | ${code(value)} | ${cell(description)}${secret ? ' Secret.' : ''} |`,
    )
    const page = read('docs/operations.md')
    const table = ['| variable | in muster.yaml | default | |', '|---|---|---|---|', ...rows]
    await expect(withTable(page, 'settings', table)).toMatchFileSnapshot('operations.md')
  })

  it('name every fact that a policy may ask for', async () => {
    const rows = factRows('', factsSchema.fields).map(
      ([path, type, presence, description]) => `| \`${path}\` | ${cell(type)} | ${presence} | ${cell(description)} |`,
    )
    const page = read('docs/guides/policies.md')
    const table = ['| fact | type | | |', '|---|---|---|---|', ...rows]
    await expect(withTable(page, 'facts', table)).toMatchFileSnapshot('guides/policies.md')
  })

  it('name every text of a person, and what every other text is', async () => {
    const personal = eventDefinitions.flatMap(event =>
      personalFieldsOf(storedType(event)).map(
        ({ path, whose }) =>
          `| \`${storedType(event)}\` | \`${path.join('.')}\` | ${whose === 'beside' ? 'the person beside it' : 'the person who brought the event'} |`,
      ),
    )
    const names = [...textsOfEvents().keys()].toSorted()
    const named = (kind: string): string =>
      names
        .filter(name => Object.entries(textFields).some(([known, is]) => known === name && is === kind))
        .map(code)
        .join(' ')
    const texts = [
      `| ids and names of persons, by which rules decide | ${named('person')} |`,
      `| words of the organisation and its platform | ${named('organisation')} |`,
      `| names of things, expressions, values, words that Muster puts together | ${named('thing')} |`,
    ]
    const page = read('docs/guides/personal-data.md')
    const withPersonal = withTable(page, 'personal', ['| event | field | is of |', '|---|---|---|', ...personal])
    await expect(withTable(withPersonal, 'texts', ['| what | fields |', '|---|---|', ...texts])).toMatchFileSnapshot(
      'guides/personal-data.md',
    )
  })

  it('name every metric', () => {
    const sources = ['libs', 'services'].flatMap(folder =>
      readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter(name => /\/src\/.*\.ts$/.test(name) && !name.includes('node_modules'))
        .map(name => read(`${folder}/${name}`)),
    )
    const metrics = sources.flatMap(text => [...text.matchAll(/\bname: '(muster_[a-z_]+)'/g)].map(([, name = '']) => name))
    expect(metrics.length).toBeGreaterThan(5)
    const page = read('docs/operations.md')
    expect(metrics.filter(name => !page.includes(`| \`${name}`))).toEqual([])
  })
})

function factRows(prefix: string, fields: FactFields): [path: string, type: string, presence: string, description: string][] {
  return Object.entries(fields).flatMap(([name, { type, presence, description }]) => {
    const path = `${prefix}${name}`
    const inner = type.kind === 'list' ? type.of : type
    const below = inner.kind === 'record' ? factRows(`${path}${type.kind === 'list' ? '[]' : ''}.`, inner.fields) : []
    return [[path, typeInWords(type), presence, description] as [string, string, string, string], ...below]
  })
}

function typeInWords(type: FactType): string {
  switch (type.kind) {
    case 'enum':
      return type.values.map(value => `\`${value}\``).join(' ')
    case 'list':
      return `list of ${typeInWords(type.of)}, at most ${type.max}`
    case 'record':
    case 'string':
    case 'bool':
    case 'int':
    case 'double':
    case 'timestamp':
    case 'duration':
      return type.kind
  }
}

interface Block {
  readonly at: string
  readonly language: string
  readonly text: string
}

/** Code blocks, by the word behind the fence: `json event`, `yaml policy`, `yaml identity`. */
const blocks: readonly Block[] = pages.flatMap(page => {
  const text = read(page)
  return [...text.matchAll(/^```([^\n]+)\n([^]*?)^```$/gm)].map(found => ({
    at: `${page}:${text.slice(0, found.index).split('\n').length}`,
    language: found[1] ?? '',
    text: found[2] ?? '',
  }))
})
const marked = (language: string): readonly Block[] => blocks.filter(block => block.language === language)

const Sent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.unknown(),
})

describe('What the pages show', () => {
  it.each(marked('json event'))('the events at $at fit their contracts', ({ text }) => {
    for (const event of z.array(Sent).parse([JSON.parse(text)].flat())) {
      const definition = findDefinition(fromWireType(event.type) ?? '')
      expect(definition?.data.safeParse(event.data).error?.issues ?? []).toEqual([])
      expect(definition && parseSubject(definition.category, event.subject).ok).toBe(true)
    }
  })

  it.each(marked('yaml policy'))('the policies at $at compile', ({ at, text }) => {
    const parsed = parsePolicyText(text, at, factsSchema)
    expect(parsed.ok ? [] : parsed.diagnostics).toEqual([])
  })

  it.each(marked('yaml identity'))('the identity file at $at is one', ({ text }) => {
    expect(IdentitySettings.safeParse(parse(text)).error?.issues ?? []).toEqual([])
  })

  it('is not marked by other words than those', () => {
    const words = new Set(blocks.map(({ language }) => language))
    expect([...words].filter(word => /^(json|yaml) /.test(word)).toSorted()).toEqual(['json event', 'yaml identity', 'yaml policy'])
  })
})
