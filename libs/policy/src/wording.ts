import type { FactValue } from '@muster/contracts'
import { childrenOf, type Checked } from './checked.ts'
import type { Explained, Judgement, Scope, Truth } from './scope.ts'

/* Words for what decided: the text of the part, with variables named by the elements that they stood for, and what was read. */

/** More would not be read. */
export const mostExplained = 20

export const explain = (node: Checked, scope: Scope, result: Truth): Explained => ({
  text: words(node, scope),
  values: Object.fromEntries(scope.values.size < 2 ? scope.values : [...scope.values].toSorted(byPath).slice(0, mostExplained)),
  result,
})

/** What was read for the elements, none of which decided alone. No more of them are looked at than there is room for. */
export function gathered(own: ReadonlyMap<string, FactValue>, judged: Iterable<Judgement>): Map<string, FactValue> {
  const values = new Map(own)
  for (const { because } of judged) {
    if (values.size >= mostExplained) return values
    for (const explained of because()) {
      for (const [path, value] of Object.entries(explained.values)) {
        if (values.size >= mostExplained) return values
        values.set(path, value)
      }
    }
  }
  return values
}

/** The text of a part, on one line, with each variable replaced by the path of the element that it stands for. */
export function words(node: Checked, scope: Scope): string {
  if (scope.variables.size > 0) return worded(node, scope)
  const known = spoken.get(node) ?? worded(node, scope)
  spoken.set(node, known)
  return known
}

/** A part that stands for itself has one text, in every evaluation. */
const spoken = new WeakMap<Checked, string>()

function worded(node: Checked, { source, variables }: Scope): string {
  const replacements: { readonly start: number; readonly end: number; readonly path: string }[] = []
  const collect = (part: Checked): void => {
    if (part.kind === 'variable') {
      const element = variables.get(part.name)
      if (element?.kind === 'known' && element.path !== undefined)
        replacements.push({ start: part.start, end: part.end, path: element.path })
    }
    childrenOf(part).forEach(collect)
  }
  if (variables.size > 0) collect(node)
  let text = ''
  let at = node.start
  for (const { start, end, path } of replacements.toSorted((one, other) => one.start - other.start)) {
    text += source.slice(at, start) + path
    at = end
  }
  return (text + source.slice(at, node.end)).replaceAll(/\s+/g, ' ')
}

const byPath = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : one > other ? 1 : 0)
