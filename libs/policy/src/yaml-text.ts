import { Composer, isAlias, isCollection, isMap, isScalar, Lexer, Parser, type CST, type Document, type Node } from 'yaml'
import type { Problem } from './diagnostic.ts'
import { limits } from './limits.ts'

/*
 * YAML that strangers may have written: bounded in size, nesting and tokens before any tree of it is made; without aliases,
 * so that a document reads by itself and cannot blow up; without a key that stands twice.
 */

export interface YamlText {
  readonly documents: readonly YamlDocument[]
  /** Of the file as a whole: then there are no documents. */
  readonly problems: readonly Problem[]
}

export interface YamlDocument {
  readonly yaml: Document.Parsed
  readonly problems: readonly Problem[]
  /** How much of it can be taken for what its author meant: all, what lies apart from the problems, nothing. */
  readonly reading: 'whole' | 'parts' | 'none'
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
  if (documents.length === 0) return refused('the file holds no document')
  return { documents: documents.map(examined), problems: [] }
}

function examined(yaml: Document.Parsed): YamlDocument {
  const found = [...yaml.errors, ...yaml.warnings].map(({ message, pos: [start, end] }) => error(start, end, message))
  const { repeated, unreadable } = strictness(yaml.contents)
  const reading = unreadable.length > 0 ? 'none' : yaml.errors.length > 0 ? 'parts' : 'whole'
  return { yaml, problems: [...found, ...repeated, ...unreadable], reading }
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

interface Strictness {
  readonly repeated: Problem[]
  /** What stands for something else, or cannot be a field. */
  readonly unreadable: Problem[]
}

function strictness(root: Node | null): Strictness {
  const found: Strictness = { repeated: [], unreadable: [] }
  const walk = (node: Node | null): void => {
    if (node === null) return
    if (isAlias(node)) found.unreadable.push(error(...spanOf(node), 'there are no aliases here: a document must read by itself'))
    if (!isCollection(node)) return
    if (!isMap<Node, Node | null>(node)) return node.items.forEach(item => walk(item as Node | null))
    const seen = new Set<string>()
    for (const { key, value } of node.items) {
      if (!isScalar(key)) {
        found.unreadable.push(error(...spanOf(key), 'a key must be a plain word'))
        continue
      }
      const name = String(key.value)
      if (seen.has(name)) found.repeated.push(error(...spanOf(key), `"${name}" stands here twice`))
      seen.add(name)
      walk(value)
    }
  }
  walk(root)
  return found
}

const spanOf = ({ range }: Node): [number, number] => [range?.[0] ?? 0, range?.[1] ?? 0]
