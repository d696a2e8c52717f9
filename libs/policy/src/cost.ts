import { childrenOf, type Checked } from './checked.ts'

/**
 * Steps that an evaluation takes at worst: every part once, the body of a macro once for each element that its list may have.
 * Known from the text and the caps of the lists alone, so that an expensive rule is refused when it is written.
 */
export function costOf(node: Checked): number {
  const children = (): number => childrenOf(node).reduce((sum, child) => sum + costOf(child), 1)
  switch (node.kind) {
    case 'quantifier':
    case 'filter':
    case 'map':
      return 1 + costOf(node.list) + node.max * (1 + costOf(node.body))
    case 'compare':
    case 'in':
      return children() + node.max
    case 'text':
      return children() + 4
    case 'matches':
      return children() + 10 + 8 * node.program
    case 'constant':
    case 'fact':
    case 'variable':
    case 'list':
    case 'select':
    case 'index':
    case 'has':
    case 'not':
    case 'negate':
    case 'and':
    case 'or':
    case 'conditional':
    case 'arithmetic':
    case 'size':
    case 'convert':
      return children()
  }
}
