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

type Loop = Extract<Checked, { kind: 'quantifier' | 'filter' | 'map' }>

/** The loops within each other that cost the most, the outer first. */
export function costliestLoops(root: Checked): readonly Loop[] {
  const loops: Loop[] = []
  for (let node: Checked | undefined = root; node !== undefined;) {
    const loop: Loop | undefined = node.kind === 'quantifier' || node.kind === 'filter' || node.kind === 'map' ? node : undefined
    const weigh = (part: Checked): number => (part === loop?.body ? loop.max : 1) * costOf(part)
    const heaviest: Checked | undefined = childrenOf(node).toSorted((one, other) => weigh(other) - weigh(one))[0]
    if (loop !== undefined && heaviest === loop.body) loops.push(loop)
    node = heaviest
  }
  return loops
}
