import { Composer, isAlias, isCollection, isMap, isScalar, Parser, type CST, type Document, type Node } from 'yaml'
import type { Problem } from './diagnostic.ts'
import { limits } from './limits.ts'

/*
 * YAML that strangers may have written: bounded in size, nesting and nodes before any tree of it is made; without aliases,
 * so that a document reads by itself and cannot blow up; without a key that stands twice.
 */

export interface YamlText {
  readonly documents: readonly Document.Parsed[]
  readonly problems: readonly Problem[]
}

export function readYaml(text: string): YamlText {
  if (text.length > limits.file) return refused(`the file has more than ${limits.file} characters`)
  const tokens = [...new Parser().parse(text)]
  const bulk = tooMuch(tokens)
  if (bulk !== undefined) return refused(bulk)
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

/** Walks the tokens without recursion, since how deep they nest is the question. */
function tooMuch(tokens: readonly CST.Token[]): string | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map(token => ({ token, depth: 0 }))
  let count = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    count++
    if (count > limits.yamlNodes) return `the file has more than ${limits.yamlNodes} nodes`
    if (depth > limits.yamlDepth) return `the file nests more than ${limits.yamlDepth} deep`
    const inner = token.type === 'document' ? [token.value] : 'items' in token ? token.items.flatMap(item => [item.key, item.value]) : []
    for (const child of inner) if (child !== undefined && child !== null) open.push({ token: child, depth: depth + 1 })
  }
  return undefined
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
