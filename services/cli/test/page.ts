import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/* A page of the documentation, as a reader follows it: the files that it shows, and the commands in their order. */

export interface Page {
  readonly text: string
  readonly blocks: readonly { readonly language: string; readonly text: string }[]
  /** Words of each `npx muster …`, in the order of the page. */
  readonly commands: readonly (readonly string[])[]
  /** Blocks that stand behind a line which ends by naming a file. */
  readonly files: ReadonlyMap<string, string>
}

/** @param path from the root of the repository */
export function readPage(path: string): Page {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', block = '']) => ({ language, text: block }))
  const commands = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(block => block.text.replaceAll('\\\n', ' ').split('\n'))
    .filter(line => line.startsWith('npx muster '))
    .map(line => wordsOf((line.replace('npx muster ', '').split(' #')[0] ?? '').trim()))
  const files = new Map(
    [...text.matchAll(/`([\w./-]+\.\w+)`[^`\n]*\n\n```\w+\n([\s\S]*?)```/g)].map(([, name = '', content = '']) => [name, content]),
  )
  return { text, blocks, commands, files }
}

/** As a shell reads a line without variables: words, of which those in quotes may have spaces. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')
