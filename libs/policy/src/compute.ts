import { flipsIn } from './clock.ts'
import type { Checked, Fact, Select } from './checked.ts'
import { calculate, compareValues, convert, sizeOf, textFunction } from './functions.ts'
import { limits } from './limits.ts'
import { apart, bind, noted, watch, type Judgement, type Scope } from './scope.ts'
import { failed, known, readField, type ListValue, type RecordValue, type Result, type Time, type Value } from './value.ts'
import { words } from './wording.ts'

/* What a part of an expression comes to. Strict but for `?:`: an operand in error, else an unknown one, is the outcome. */

export function evaluate(node: Checked, scope: Scope): Result {
  switch (node.kind) {
    case 'constant':
      return known(node.value)
    case 'fact':
      return noted(readOnce(scope.facts, node, node.name, scope), scope)
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
        (text as string).length > limits.matched
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
      return truth(scope.judge(node, scope), scope)
  }
}

/** A judgement inside of a larger part: its reasons become values of that part. */
function truth({ value, missing, errors, because }: Judgement, scope: Scope): Result {
  if (!scope.isSilent)
    for (const explained of because()) for (const [path, read] of Object.entries(explained.values)) scope.values.set(path, read)
  if (typeof value === 'boolean') return known(value)
  return value === 'unknown' ? { kind: 'unknown', missing } : { kind: 'error', errors }
}

function select(node: Select, scope: Scope): Result {
  const record = evaluate(node.record, scope)
  if (record.kind !== 'known') return record
  const { raw } = record.value as RecordValue
  return noted(readOnce(raw, node, pathBelow(record.path, node.name), scope), scope)
}

/** What takes a while to read is read once in an evaluation, however many elements it is compared with. A path below the facts names one value. */
function readOnce(raw: RecordValue['raw'], { name, field }: Fact | Select, path: string, { read }: Scope): Result {
  const { kind } = field.type
  if (kind !== 'list' && kind !== 'timestamp' && kind !== 'duration') return readField(raw, name, field, path)
  const known = read.get(path) ?? readField(raw, name, field, path)
  read.set(path, known)
  return known
}

const pathBelow = (path: string | undefined, name: string): string => (path === undefined ? name : `${path}.${name}`)

function has(fact: Fact | Select, scope: Scope): Result {
  const result = evaluate(fact, apart(scope))
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
  const judged = truth(scope.judge(condition, scope), scope)
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
  const values: Value[] = []
  for (const result of results) if (result.kind === 'known') values.push(result.value)
  return firstProblem(results) ?? compute(values)
}

/** All errors, else all that is missing. */
function firstProblem(results: readonly Result[]): Result | undefined {
  if (results.every(({ kind }) => kind === 'known')) return undefined
  const errors = results.flatMap(result => (result.kind === 'error' ? result.errors : []))
  if (errors.length > 0) return { kind: 'error', errors }
  const missing = results.flatMap(result => (result.kind === 'unknown' ? result.missing : []))
  return { kind: 'unknown', missing }
}
