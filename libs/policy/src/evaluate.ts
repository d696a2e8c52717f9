import type { Facts } from '@muster/contracts'
import type { Checked, Quantifier } from './checked.ts'
import type { CompiledExpression } from './compile.ts'
import { evaluate } from './compute.ts'
import { apart, bind, type Explained, type Judgement, type Scope, type Truth } from './scope.ts'
import { formatTimestamp, parseTimestamp } from './time.ts'
import { clock, type ListValue, type Result } from './value.ts'
import { explain, gathered, mostExplained } from './wording.ts'

/*
 * The evaluator that explains: it walks the tree, once from left to right, as simply as the meaning can be said. Pure and total.
 *
 * Truth is three-valued after Kleene, and errors are a fourth outcome:
 * - `false` decides `&&` and `all`, `true` decides `||` and `exists`, two true elements decide `exists_one`, whatever else is unknown or in error;
 * - else an error outranks unknown, because it will not go away when facts arrive;
 * - `c ? a : b` with an unknown `c` is what `a` and `b` agree on, else unknown; with `c` in error it is an error;
 * - everything else is strict: an operand in error, else an unknown one, is its outcome.
 * So a fact that arrives never turns a true or false into anything else.
 *
 * A missing required fact is unknown. A missing optional fact is absent: `has()` is false of it and of all below it, reading it is unknown.
 */

export interface Evaluation {
  readonly value: Truth
  /** Paths whose absence made it unknown, sorted. Empty unless it is. */
  readonly missing: readonly string[]
  /** Empty unless it is an error. */
  readonly errors: readonly string[]
  /** The parts that decided, at most twenty. */
  readonly because: readonly Explained[]
  /** The first instant after `now` at which a comparison with the clock comes out otherwise. Until then, on the same facts, so does nothing. */
  readonly flipsAt?: string
}

/** The clock is the fact `now`. */
export function evaluateExpression({ source, ast }: CompiledExpression, facts: Facts): Evaluation {
  const scope = scopeOf(source, facts)
  return evaluationOf(judge(ast, scope), instantOf(facts, scope.flip.first))
}

/** When the clock changes what it comes to. That depends on every comparison with the clock, decisive or not: all of it is walked. */
export function flipOf({ source, ast }: CompiledExpression, facts: Facts): string | undefined {
  const scope = { ...scopeOf(source, facts), isSilent: true }
  judge(ast, scope)
  return instantOf(facts, scope.flip.first)
}

export const scopeOf = (source: string, facts: Facts): Scope => ({
  source,
  facts,
  variables: new Map(),
  values: new Map(),
  read: new Map(),
  isSilent: false,
  flip: {},
  judge,
})

export function evaluationOf({ value, missing, errors, because }: Judgement, flipsAt: string | undefined): Evaluation {
  let said: readonly Explained[] | undefined
  return {
    value,
    missing: value === 'unknown' ? distinct(missing) : [],
    errors: value === 'error' ? distinct(errors) : [],
    // That a policy applies is said of every check, and why it does of hardly any.
    get because() {
      return (said ??= because().slice(0, mostExplained))
    },
    ...(flipsAt !== undefined && { flipsAt }),
  }
}

export function judge(node: Checked, scope: Scope): Judgement {
  switch (node.kind) {
    case 'not': {
      const { value, ...rest } = judge(node.operand, scope)
      return { ...rest, value: typeof value === 'boolean' ? !value : value }
    }
    case 'and':
      return connect(node.operands, false, scope)
    case 'or':
      return connect(node.operands, true, scope)
    case 'conditional':
      return choose(node.condition, node.then, node.otherwise, scope)
    case 'quantifier':
      return quantify(node, scope)
    case 'constant':
    case 'fact':
    case 'variable':
    case 'list':
    case 'select':
    case 'index':
    case 'has':
    case 'negate':
    case 'compare':
    case 'in':
    case 'arithmetic':
    case 'size':
    case 'text':
    case 'convert':
    case 'matches':
    case 'filter':
    case 'map': {
      const own = apart(scope)
      return stated(node, own, evaluate(node, own))
    }
  }
}

/** A judgement that is explained by the text of its own part and what was read for it. */
export function stated(node: Checked, scope: Scope, result: Result): Judgement {
  const value = result.kind === 'known' ? result.value === true : result.kind
  return {
    value,
    missing: result.kind === 'unknown' ? result.missing : [],
    errors: result.kind === 'error' ? result.errors : [],
    because: () => [explain(node, scope, value)],
  }
}

/** `&&` with false, `||` with true as what decides. */
function connect(operands: readonly Checked[], decisive: boolean, scope: Scope): Judgement {
  const judged: Judgement[] = []
  for (const operand of operands) {
    const judgement = judge(operand, scope)
    if (judgement.value === decisive) return judgement
    judged.push(judgement)
  }
  return undecided(judged) ?? { value: !decisive, missing: [], errors: [], because: () => judged.flatMap(({ because }) => because()) }
}

/** Error, else unknown, else nothing: what is left when none decided. */
export function undecided(judged: readonly Judgement[]): Judgement | undefined {
  const outcome = (['error', 'unknown'] as const).find(value => judged.some(judgement => judgement.value === value))
  if (outcome === undefined) return undefined
  const culprits = judged.filter(({ value }) => value === outcome)
  return {
    value: outcome,
    missing: culprits.flatMap(({ missing }) => missing),
    errors: culprits.flatMap(({ errors }) => errors),
    because: () => culprits.slice(0, mostExplained).flatMap(({ because }) => because()),
  }
}

function choose(condition: Checked, then: Checked, otherwise: Checked, scope: Scope): Judgement {
  const judged = judge(condition, scope)
  if (judged.value === 'error') return judged
  if (judged.value === 'unknown') {
    const branches = [judge(then, scope), judge(otherwise, scope)] as const
    const [one, other] = branches
    if (one.value === other.value && typeof one.value === 'boolean')
      return { ...one, because: () => [...one.because(), ...other.because()] }
    const missing = [judged, ...branches].flatMap(judgement => judgement.missing)
    return { ...judged, missing }
  }
  const chosen = judge(judged.value ? then : otherwise, scope)
  return { ...chosen, because: () => [...judged.because(), ...chosen.because()] }
}

/** `all` is decided by the first false element, `exists` by the first true one, `exists_one` by the second true one: the witnesses. */
function quantify(node: Quantifier, scope: Scope): Judgement {
  const own = apart(scope)
  const list = evaluate(node.list, own)
  if (list.kind !== 'known') return stated(node, own, list)
  const { elements } = list.value as ListValue
  if (list.path !== undefined) own.values.set(`size(${list.path})`, elements.length)

  const judged: Judgement[] = []
  const witnesses: Judgement[] = []
  for (const element of elements) {
    const judgement = judge(node.body, bind(scope, node.variable, element))
    if (!scope.isSilent || typeof judgement.value !== 'boolean') judged.push(judgement)
    if (judgement.value !== (node.name !== 'all')) continue
    witnesses.push(judgement)
    if (node.name !== 'exists_one') return judgement
    if (witnesses.length === 2) return { ...judgement, value: false, because: () => witnesses.flatMap(({ because }) => because()) }
  }
  const open = undecided(judged)
  if (open !== undefined) return open
  if (node.name === 'exists_one' && witnesses[0] !== undefined) return witnesses[0]
  const value = node.name === 'all'
  return { value, missing: [], errors: [], because: () => [explain(node, { ...own, values: gathered(own.values, judged) }, value)] }
}

/** Beyond the year 9999 there is no way to write it, and nobody waits for it. */
function instantOf({ [clock]: now }: Facts, steps: bigint | undefined): string | undefined {
  const micros = typeof now === 'string' ? parseTimestamp(now) : undefined
  if (micros === undefined || steps === undefined) return undefined
  const instant = formatTimestamp(micros + steps)
  return /^\d{4}-/.test(instant) ? instant : undefined
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted()
