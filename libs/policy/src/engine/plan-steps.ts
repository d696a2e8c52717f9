import { step, stepWidth, type Plan } from './plan.ts'

/* Items into steps: sorted by their height above the facts, then by what they do, so that one loop does all that is alike. */

/** One target, and what is needed for it. */
export interface Item {
  readonly level: number
  readonly kind: number
  /** The operand, and the operator, that all targets of a step may have in common. */
  readonly a: number
  readonly code: number
  /** The list of a row node, or -1. */
  readonly list: number
  readonly target: number
  readonly left: number
  readonly right: number
  readonly number: number
  readonly micros: number
  /** Texts that it names. */
  readonly texts: readonly string[]
}

/** With fewer constants beside one value, comparing it with each is faster. */
const fewest = 4

/** What becomes of several of a kind that have their operand and operator in common. */
const shared: ReadonlyMap<number, number> = new Map([
  [step.number, step.thresholds],
  [step.thresholds, step.thresholds],
  [step.text, step.texts],
  [step.texts, step.texts],
  [step.rowNumber, step.rowThresholds],
  [step.rowText, step.rowTexts],
])

/** The nodes and row nodes that are written, in the order of the steps. */
export interface Order {
  readonly nodes: readonly number[]
  readonly rows: readonly number[]
}

export function stepsOf(items: readonly Item[]): { readonly order: Order; readonly steps: Omit<Plan, 'shape' | 'lists'> } {
  const sorted = gathered(items).toSorted(inOrder)
  const steps: number[] = []
  const tables: ReadonlyMap<string, Int32Array>[] = []
  for (let from = 0; from < sorted.length;) {
    const first = sorted[from] as Item
    let to = from + 1
    while (to < sorted.length && areOneStep(first, sorted[to] as Item)) to++
    const table = first.kind === step.texts || first.kind === step.rowTexts ? tables.push(tableOf(sorted.slice(from, to))) - 1 : -1
    steps.push(first.kind, first.a, first.code, from, to, first.target - from, table, first.list)
    from = to
  }
  if (steps.length % stepWidth !== 0) throw new Error('a step has another width')
  return {
    order: {
      nodes: sorted.filter(writesNode).map(({ target }) => target),
      rows: sorted.filter(item => !writesNode(item)).map(({ target }) => target),
    },
    steps: {
      steps: Int32Array.from(steps),
      left: Int32Array.from(sorted, ({ left }) => left),
      right: Int32Array.from(sorted, ({ right }) => right),
      numbers: Float64Array.from(sorted, ({ number }) => number),
      micros: Float64Array.from(sorted, ({ micros }) => micros),
      tables,
    },
  }
}

const writesNode = ({ kind }: Item): boolean => kind < step.rowNumber || kind >= step.all

/** Several that have all in common but the constant become one step; what stands alone joins the others of its kind, of the same list. */
function gathered(items: readonly Item[]): readonly Item[] {
  const alike = new Map<string, number>()
  const keyOf = ({ level, kind, list, a, code }: Item): string => `${level} ${kind} ${list} ${a} ${code}`
  for (const item of items) alike.set(keyOf(item), (alike.get(keyOf(item)) ?? 0) + 1)
  return items.map(item => {
    const together = shared.get(item.kind)
    const isGathered = together !== undefined && (item.kind === together || (alike.get(keyOf(item)) ?? 0) >= fewest)
    if (isGathered) return { ...item, kind: together }
    return { ...item, a: -1, code: 0 }
  })
}

const areOneStep = (one: Item, other: Item): boolean =>
  one.level === other.level && one.kind === other.kind && one.list === other.list && one.a === other.a && one.code === other.code

const inOrder = (one: Item, other: Item): number =>
  one.level - other.level ||
  one.kind - other.kind ||
  one.list - other.list ||
  one.a - other.a ||
  one.code - other.code ||
  one.number - other.number ||
  one.micros - other.micros ||
  one.target - other.target

function tableOf(items: readonly Item[]): ReadonlyMap<string, Int32Array> {
  const targets = new Map<string, number[]>()
  for (const { texts, target } of items) for (const text of new Set(texts)) targets.set(text, [...(targets.get(text) ?? []), target])
  return new Map([...targets].map(([text, each]) => [text, Int32Array.from(each)]))
}
