import { Composer, isAlias, isCollection, isMap, isScalar, Lexer, Parser, type CST, type Document, type Node } from 'yaml'
import type { Problem } from './diagnostic.ts'
import { limits } from './limits.ts'

/*
 * YAML that strangers may have written: bounded in size, nesting and tokens before any tree of it is made; without aliases,
 * so that a document reads by itself and cannot blow up; without a key that stands twice.
 */

export interface YamlText {
  readonly documents: readonly Document.Parsed[]
  readonly problems: readonly Problem[]
}

export function readYaml(text: string): YamlText {
  if (text.length > limits.file) return refused(`the file has more than ${limits.file} characters`)
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return refused(tokens)
  // Duplicate keys are found below, in linear time.
  const composer = new Composer({ schema: 'core', strict: true, uniqueKeys: false, prettyErrors: false })
  const documents = [...composer.compose(tokens, false, text.length)].filter(
    ({ contents, errors }) => contents !== null || errors.length > 0,
  )
  const problems = documents.flatMap(document => [
    ...[...document.errors, ...document.warnings].map(({ message, pos: [start, end] }) => error(start, end, message)),
    ...strictness(document.contents),
  ])
  if (documents.length === 0) return refused('the file holds no document')
  return { documents, problems }
}

const error = (start: number, end: number, message: string): Problem => ({ severity: 'error', start, end, message })
const refused = (message: string): YamlText => ({ documents: [], problems: [error(0, 0, message)] })

/** Token by token, so that what nests too deep or goes on too long is refused where it does so, before there is a tree of it. */
function tokensOf(text: string): readonly CST.Token[] | string {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let count = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    count++
    if (count > limits.yamlTokens) return `the file has more than ${limits.yamlTokens} tokens`
    if (parser.stack.length > limits.yamlDepth) return `the file nests more than ${limits.yamlDepth} deep`
  }
  return [...tokens, ...parser.end()]
}

function strictness(node: Node | null): readonly Problem[] {
  if (node === null) return []
  const [start, end] = node.range ?? [0, 0]
  if (isAlias(node)) return [error(start, end, 'there are no aliases here: a document must read by itself')]
  if (!isCollection(node)) return []
  if (!isMap<Node, Node | null>(node)) return node.items.flatMap(item => strictness(item as Node | null))
  const seen = new Set<string>()
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [error(...spanOf(key), 'a key must be a plain word')]
    const name = String(key.value)
    const repeated = seen.has(name) ? [error(...spanOf(key), `"${name}" stands here twice`)] : []
    seen.add(name)
    return [...repeated, ...strictness(value)]
  })
}

const spanOf = ({ range }: Node): [number, number] => [range?.[0] ?? 0, range?.[1] ?? 0]
