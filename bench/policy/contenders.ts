import { readFile } from 'node:fs/promises'
import { celEnv, parse, plan, run as runCel, type CelInput } from '@bufbuild/cel'
import { Environment, EvaluationError } from '@marcbachmann/cel-js'
import { factsSchema, type Facts, type FactType, type FactValue, type Policy } from '@muster/contracts'
import { compileDocument, compilePolicySet, decide, type CompiledPolicy } from '@muster/policy'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { regoInput } from './facts.ts'
import { emptyKept, keeping, plainly, type Input } from './hand-written.ts'
import { kinds, rulesOf, type Rule } from './rules.ts'

/* Those that are measured, each over the same rules and facts: what it needs made ready before the clock runs. */

export interface Contender {
  readonly name: 'muster' | 'opaWasm' | 'bufbuildCel' | 'celJs' | 'handWritten' | 'handWrittenPlain'
  /** Decides over the facts of that index, and keeps it. */
  decide(index: number): void
  /** The rules that were not met at the last decision, in the order of the rules. */
  failed(): readonly string[]
}

export function muster(rules: readonly Rule[], facts: readonly Facts[]): Contender & { readonly nodes: number } {
  const { engine } = compilePolicySet(policiesOf(rules), [])
  if (engine === undefined) throw new Error('the rules do not fit the engine')
  const { record, states } = engine.machine
  // What is recorded of a decision is copied out of the engine: the record and the outcomes.
  const kept = { record: record.slice(), outcomes: engine.outcomes.slice() }
  return {
    name: 'muster',
    nodes: states.length,
    decide(index) {
      decide(engine, facts[index] as Facts)
      kept.record.set(record)
      kept.outcomes.set(engine.outcomes)
    },
    failed: () => rules.filter((_, rule) => kept.outcomes[rule] !== 1).map(({ id }) => id),
  }
}

/** Twenty rules a policy. */
export const policiesOf = (rules: readonly Rule[]): readonly CompiledPolicy[] =>
  Array.from({ length: Math.ceil(rules.length / kinds) }, (_, at) => compiled(`bench-${at}`, rules.slice(at * kinds, (at + 1) * kinds)))

function compiled(id: string, rules: readonly Rule[]): CompiledPolicy {
  const document: Policy = {
    apiVersion: 'muster.dev/v1',
    kind: 'Policy',
    id,
    title: 'What is measured',
    owner: 'group:bench',
    severity: 'high',
    at: ['intent'],
    appliesTo: 'true',
    rules: rules.map(rule => ({ id: rule.id, assert: rule.cel, message: 'It is not met.' })),
    onUnknown: 'block',
  }
  const result = compileDocument(document, factsSchema)
  if (!result.ok) throw new Error(result.diagnostics.map(({ path, message }) => `${path} ${message}`).join('\n'))
  return result.compiled
}

/** In a process that was started at the root of the repository. */
export async function opaWasm(rules: readonly Rule[], facts: readonly Facts[]): Promise<Contender> {
  const policy = await loadPolicy(await readFile(`bench/policy/rules-${rules.length}.wasm`), { initial: 64 })
  const inputs = facts.map(regoInput)
  let last: readonly string[] = []
  return {
    name: 'opaWasm',
    decide(index) {
      last = (policy.evaluate(inputs[index]) as [{ result: readonly string[] }])[0].result
    },
    failed() {
      const failed = new Set(last)
      return rules.filter(({ id }) => failed.has(id)).map(({ id }) => id)
    },
  }
}

export function bufbuildCel(rules: readonly Rule[], facts: readonly Facts[]): Contender {
  const env = celEnv()
  const plans = rules.map(({ cel }) => plan(env, parse(inHours(cel))))
  const inputs = facts.map(one => converted(one, { kind: 'record', fields: factsSchema.fields }, celForms) as ReadonlyMap<string, CelInput>)
  const bindings = inputs.map(input => Object.fromEntries(input))
  const outcomes: boolean[] = rules.map(() => false)
  return {
    name: 'bufbuildCel',
    decide(index) {
      const input = bindings[index]
      for (let rule = 0; rule < plans.length; rule++) outcomes[rule] = plans[rule]?.(input) === true
    },
    failed: () => rules.filter((_, rule) => outcomes[rule] !== true).map(({ id }) => id),
  }
}

/** The durations of CEL know no days. */
const inHours = (cel: string): string => cel.replaceAll(/'P(\d+)D'/g, (_, days) => `'${Number(days) * 24}h'`)

export function celJs(rules: readonly Rule[], facts: readonly Facts[]): Contender {
  const env = new Environment({ homogeneousAggregateLiterals: false })
  for (const [name, { type }] of Object.entries(factsSchema.fields)) env.registerVariable(name, celJsTypeOf(type))
  const parsed = rules.map(({ cel }) => env.parse(inHours(cel)))
  const inputs = facts.map(one => converted(one, { kind: 'record', fields: factsSchema.fields }, celJsForms) as Record<string, unknown>)
  const outcomes: boolean[] = rules.map(() => false)
  return {
    name: 'celJs',
    decide(index) {
      const input = inputs[index]
      for (let rule = 0; rule < parsed.length; rule++) outcomes[rule] = isMet(parsed[rule], input)
    },
    failed: () => rules.filter((_, rule) => outcomes[rule] !== true).map(({ id }) => id),
  }
}

/** It throws where a fact is missing: then the rule is not met. */
function isMet(rule: ((input?: Record<string, unknown>) => unknown) | undefined, input: Record<string, unknown> | undefined): boolean {
  try {
    return rule?.(input) === true
  } catch (error) {
    if (error instanceof EvaluationError) return false
    throw error
  }
}

const celJsTypeOf = ({ kind }: FactType): string => {
  switch (kind) {
    case 'record':
      return 'map'
    case 'enum':
      return 'string'
    case 'timestamp':
    case 'duration':
      return `google.protobuf.${kind === 'timestamp' ? 'Timestamp' : 'Duration'}`
    case 'list':
    case 'int':
    case 'string':
    case 'bool':
    case 'double':
      return kind
  }
}

/** How a library wants what differs from one to the other. */
interface Forms {
  readonly timestamp: (text: string) => unknown
  readonly record: (fields: readonly (readonly [name: string, value: unknown])[]) => unknown
}
const celForms: Forms = { timestamp: text => runCel(`timestamp('${text}')`), record: fields => new Map(fields) }
const celJsForms: Forms = { timestamp: text => new Date(text), record: fields => Object.fromEntries(fields) }

function converted(value: FactValue, type: FactType, forms: Forms): unknown {
  switch (type.kind) {
    case 'int':
      return BigInt(value as number)
    case 'timestamp':
      return forms.timestamp(value as string)
    case 'list':
      return (value as readonly FactValue[]).map(element => converted(element, type.of, forms))
    case 'record':
      return forms.record(
        Object.entries(value as Facts).map(([name, field]) => [
          name,
          converted(field, type.fields[name]?.type ?? { kind: 'string' }, forms),
        ]),
      )
    case 'string':
    case 'bool':
    case 'double':
    case 'enum':
    case 'duration':
      return value
  }
}

/** Of the twenty with number 0 only. */
export function handWritten(name: 'handWritten' | 'handWrittenPlain', facts: readonly Facts[]): Contender {
  const inputs = facts as unknown as readonly Input[]
  const rules = rulesOf(20)
  const kept = emptyKept()
  const { outcomes } = kept
  return {
    name,
    decide:
      name === 'handWritten'
        ? index => keeping(inputs[index] as Input, kept)
        : index => {
            plainly(inputs[index] as Input, outcomes)
          },
    failed: () => rules.filter((_, rule) => outcomes[rule] !== 1).map(({ id }) => id),
  }
}
