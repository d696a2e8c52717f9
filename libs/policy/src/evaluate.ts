import type { Facts, FactValue } from '@muster/contracts'
import { childrenOf, type Checked, type Fact, type Quantifier, type Select } from './checked.ts'
import { flipsIn } from './clock.ts'
import type { CompiledExpression } from './compile.ts'
import { calculate, compareValues, convert, sizeOf, textFunction } from './functions.ts'
import { limits } from './limits.ts'
import { formatTimestamp, parseTimestamp } from './time.ts'
import {
  clock,
  failed,
  known,
  readField,
  toFactValue,
  type ListValue,
  type RecordValue,
  type Result,
  type Time,
  type Value,
} from './value.ts'

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

export type Truth = boolean | 'unknown' | 'error'

/** A part of the expression that decided, in words that name the facts. */
export interface Explained {
  /** As written, with variables replaced by the element that they stood for: `datasets[1].license != ''`. */
  readonly text: string
  /** What was read, by path; `size(path)` for a length. At most twenty. */
  readonly values: { readonly [path: string]: FactValue }
  readonly result: Truth
}

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

const mostExplained = 20
const longestShown = 200

interface Judgement {
  readonly value: Truth
  readonly missing: readonly string[]
  readonly errors: readonly string[]
  /** Made only when asked for: of a thousand elements one decides. */
  readonly because: () => readonly Explained[]
}

interface Scope {
  readonly source: string
  readonly facts: Facts
  readonly variables: ReadonlyMap<string, Result>
  /** What the part at hand has read. */
  readonly values: Map<string, FactValue>
  /** Microseconds from now to the first flip so far. */
  readonly flip: { first?: bigint }
}

/** The clock is the fact `now`. */
export function evaluateExpression({ source, ast }: CompiledExpression, facts: Facts): Evaluation {
  const scope: Scope = { source, facts, variables: new Map(), values: new Map(), flip: {} }
  const { value, missing, errors, because } = judge(ast, scope)
  const flipsAt = instantOf(facts, scope.flip.first)
  return {
    value,
    missing: value === 'unknown' ? distinct(missing) : [],
    errors: value === 'error' ? distinct(errors) : [],
    because: because().slice(0, mostExplained),
    ...(flipsAt !== undefined && { flipsAt }),
  }
}

function judge(node: Checked, scope: Scope): Judgement {
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
      const own = { ...scope, values: new Map<string, FactValue>() }
      return stated(node, own, evaluate(node, own))
    }
  }
}

/** A judgement that is explained by the text of its own part and what was read for it. */
function stated(node: Checked, scope: Scope, result: Result): Judgement {
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
function undecided(judged: readonly Judgement[]): Judgement | undefined {
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
  const own = { ...scope, values: new Map<string, FactValue>() }
  const list = evaluate(node.list, own)
  if (list.kind !== 'known') return stated(node, own, list)
  const { elements } = list.value as ListValue
  if (list.path !== undefined) own.values.set(`size(${list.path})`, elements.length)

  const judged: Judgement[] = []
  const witnesses: Judgement[] = []
  for (const element of elements) {
    const judgement = judge(node.body, bind(scope, node.variable, element))
    judged.push(judgement)
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

const bind = (scope: Scope, variable: string, element: Result): Scope => ({
  ...scope,
  variables: new Map(scope.variables).set(variable, element),
})

/** What was read for the elements, none of which decided alone. */
function gathered(own: ReadonlyMap<string, FactValue>, judged: readonly Judgement[]): Map<string, FactValue> {
  const values = new Map(own)
  for (const { because } of judged) {
    for (const explained of because()) {
      for (const [path, value] of Object.entries(explained.values)) {
        if (values.size >= mostExplained) return values
        values.set(path, value)
      }
    }
  }
  return values
}

function evaluate(node: Checked, scope: Scope): Result {
  switch (node.kind) {
    case 'constant':
      return known(node.value)
    case 'fact':
      return noted(readField(scope.facts, node.name, node.field, node.name), scope)
    case 'variable':
      return noted(scope.variables.get(node.name) ?? failed(`${node.name} is not bound`), scope)
    case 'select':
      return select(node, scope)
    case 'has':
      return has(node.fact, scope)
    case 'list':
      return literal(node.elements, scope)
    case 'index':
      return strict([node.list, node.index], scope, ([list, index]) => {
        const { elements } = list as ListValue
        const element = elements[index as number]
        return element === undefined
          ? failed(`${words(node.list, scope)} has no element ${index as number}: it has ${elements.length}`)
          : noted(element, scope)
      })
    case 'negate':
      return strict([node.operand], scope, ([operand]) => {
        if (node.of === 'time') {
          const { kind, micros, slope } = operand as Time
          return known({ kind, micros: -micros, slope: -slope })
        }
        return known(-(operand as number))
      })
    case 'compare':
      return strict([node.left, node.right], scope, ([left, right]) =>
        compareValues(node.operator, left as Value, right as Value, (operator, one, other) => watch(scope, flipsIn(operator, one, other))),
      )
    case 'in':
      return strict([node.element, node.list], scope, ([element, list]) => contains(element as Value, list as ListValue, scope))
    case 'arithmetic':
      return strict([node.left, node.right], scope, ([left, right]) => calculate(node.operator, node.of, left as Value, right as Value))
    case 'size':
      return size(node.operand, scope)
    case 'text':
      return strict(node.operands, scope, ([text, argument]) =>
        known(textFunction(node.name, text as string, argument as string | undefined)),
      )
    case 'convert':
      return strict([node.operand], scope, ([operand]) => convert(node.to, operand as Value))
    case 'matches':
      return strict([node.text], scope, ([text]) =>
        (text as string).length > limits.text
          ? failed(`${words(node.text, scope)} is too long to match`)
          : known(node.pattern.test(text as string)),
      )
    case 'filter':
      return each(node, scope, (element, kept) => (kept === true ? [element] : []))
    case 'map':
      return each(node, scope, (_, value, path) => [path === undefined ? known(value) : { kind: 'known', value, path }])
    case 'conditional':
      return conditional(node, scope)
    case 'not':
    case 'and':
    case 'or':
    case 'quantifier':
      return truth(judge(node, scope), scope)
  }
}

/** A judgement inside of a larger part: its reasons become values of that part. */
function truth({ value, missing, errors, because }: Judgement, scope: Scope): Result {
  for (const explained of because()) for (const [path, read] of Object.entries(explained.values)) scope.values.set(path, read)
  if (typeof value === 'boolean') return known(value)
  return value === 'unknown' ? { kind: 'unknown', missing } : { kind: 'error', errors }
}

/** Keeps what was read, for the explanation. */
function noted(result: Result, scope: Scope): Result {
  if (result.kind === 'known' && result.path !== undefined) {
    const value = toFactValue(result.value)
    const isList = typeof result.value === 'object' && result.value.kind === 'list'
    if (value !== undefined && !isList) scope.values.set(result.path, shown(value))
  }
  return result
}

const shown = (value: FactValue): FactValue =>
  typeof value === 'string' && value.length > longestShown ? `${value.slice(0, longestShown)}…` : value

function select(node: Select, scope: Scope): Result {
  const record = evaluate(node.record, scope)
  if (record.kind !== 'known') return record
  const { raw } = record.value as RecordValue
  return noted(readField(raw, node.name, node.field, pathBelow(record.path, node.name)), scope)
}

const pathBelow = (path: string | undefined, name: string): string => (path === undefined ? name : `${path}.${name}`)

function has(fact: Fact | Select, scope: Scope): Result {
  const quiet = { ...scope, values: new Map<string, FactValue>() }
  const result = evaluate(fact, quiet)
  switch (result.kind) {
    case 'known':
      return known(true)
    case 'unknown':
      return result.absent === true ? known(false) : result
    case 'error':
      return result
  }
}

function size(operand: Checked, scope: Scope): Result {
  const result = evaluate(operand, scope)
  if (result.kind !== 'known') return result
  const length = sizeOf(result.value)
  if (result.path !== undefined) scope.values.set(`size(${result.path})`, length)
  return known(length)
}

function contains(element: Value, { elements }: ListValue, scope: Scope): Result {
  const results = elements.map(candidate => {
    if (candidate.kind !== 'known') return candidate
    return compareValues('==', element, candidate.value, (operator, one, other) => watch(scope, flipsIn(operator, one, other)))
  })
  const found = results.find(result => result.kind === 'known' && result.value === true)
  return found ?? firstProblem(results) ?? known(false)
}

/** Its elements keep their paths. */
function literal(elements: readonly Checked[], scope: Scope): Result {
  const results = elements.map(element => evaluate(element, scope))
  return firstProblem(results) ?? known({ kind: 'list', elements: results })
}

/** `filter` and `map` are strict in every element. */
function each(
  { list, variable, body }: Extract<Checked, { kind: 'filter' | 'map' }>,
  scope: Scope,
  keep: (element: Result, value: Value, path: string | undefined) => readonly Result[],
): Result {
  const walked = evaluate(list, scope)
  if (walked.kind !== 'known') return walked
  const { elements } = walked.value as ListValue
  const results = elements.map(element => evaluate(body, bind(scope, variable, element)))
  const problem = firstProblem(results)
  if (problem !== undefined) return problem
  const kept = elements.flatMap((element, index) => {
    const result = results[index]
    return result?.kind === 'known' ? keep(element, result.value, result.path) : []
  })
  return known({ kind: 'list', elements: kept })
}

function conditional({ condition, then, otherwise }: Extract<Checked, { kind: 'conditional' }>, scope: Scope): Result {
  const judged = truth(judge(condition, scope), scope)
  if (judged.kind === 'known') return evaluate(judged.value === true ? then : otherwise, scope)
  if (judged.kind === 'error') return judged
  const branches = [evaluate(then, scope), evaluate(otherwise, scope)] as const
  const [one, other] = branches
  if (one.kind === 'known' && other.kind === 'known' && isSame(one.value, other.value)) return one
  return { kind: 'unknown', missing: [judged, ...branches].flatMap(result => (result.kind === 'unknown' ? result.missing : [])) }
}

/** Certainly the same now and ever: two times that move alike, two equal scalars. */
function isSame(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  if (one.kind === 'list' || one.kind === 'record' || other.kind === 'list' || other.kind === 'record') return false
  return one.micros === other.micros && one.slope === other.slope
}

function strict(operands: readonly Checked[], scope: Scope, compute: (values: readonly Value[]) => Result): Result {
  const results = operands.map(operand => evaluate(operand, scope))
  return firstProblem(results) ?? compute(results.flatMap(result => (result.kind === 'known' ? [result.value] : [])))
}

/** All errors, else all that is missing. */
function firstProblem(results: readonly Result[]): Result | undefined {
  const errors = results.flatMap(result => (result.kind === 'error' ? result.errors : []))
  if (errors.length > 0) return { kind: 'error', errors }
  const missing = results.flatMap(result => (result.kind === 'unknown' ? result.missing : []))
  return results.some(({ kind }) => kind === 'unknown') ? { kind: 'unknown', missing } : undefined
}

function watch({ flip }: Scope, steps: bigint | undefined): void {
  if (steps !== undefined && (flip.first === undefined || steps < flip.first)) flip.first = steps
}

/** Beyond the year 9999 there is no way to write it, and nobody waits for it. */
function instantOf({ [clock]: now }: Facts, steps: bigint | undefined): string | undefined {
  const micros = typeof now === 'string' ? parseTimestamp(now) : undefined
  if (micros === undefined || steps === undefined) return undefined
  const instant = formatTimestamp(micros + steps)
  return /^\d{4}-/.test(instant) ? instant : undefined
}

const explain = (node: Checked, scope: Scope, result: Truth): Explained => ({
  text: words(node, scope),
  values: Object.fromEntries([...scope.values].toSorted(byPath).slice(0, mostExplained)),
  result,
})

/** The text of a part, on one line, with each variable replaced by the path of the element that it stands for. */
function words(node: Checked, { source, variables }: Scope): string {
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
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted()
