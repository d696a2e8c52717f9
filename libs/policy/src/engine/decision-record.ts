import { canonicalJson, factsSchema, modeOf, type Facts } from '@muster/contracts'
import { digestOf, type Sha256 } from '@muster/kernel'
import { engineVersion } from '../version.ts'
import { bitReader, bitWriter } from './bits.ts'
import { viewsOf } from './machine.ts'
import type { Evaluated, PolicySet } from './policy-set.ts'
import { state } from './state.ts'

/*
 * A decision in as few bytes as explain it: of what it was made (digests and versions), what came out of every rule, two bits for every part
 * of every rule, and which element each quantifier found. With the policies and the snapshot of the facts it gives the same words as the
 * decision itself did, years later; the same decision gives the same bytes.
 */

export interface DecisionRecord {
  /** SHA-256 over the canonical JSON of the versions in the set. */
  readonly policySet: string
  /** Digest of the snapshot of the facts, as the caller records it. */
  readonly facts: string
  readonly engine: number
  readonly factsSchema: number
  readonly bits: Uint8Array<ArrayBuffer>
}

export const policySetDigest = ({ policies, approvalRules }: PolicySet, sha256: Sha256): string =>
  digestOf(
    sha256,
    canonicalJson([...policies, ...approvalRules].map(({ document, version, digest }) => [document.id, version, digest, modeOf(document)])),
  )

export function recordOf({ set, outcomes, record }: Evaluated, factsDigest: string, sha256: Sha256): DecisionRecord {
  const bits = bitWriter()
  for (const outcome of outcomes) bits.write(outcome, 3)
  if (record !== undefined && set.engine !== undefined) {
    const memo = viewsOf(record, set.engine.machine.program)
    for (const found of memo.states) bits.write(codeOf(found), 2)
    for (const witness of memo.witnesses) bits.write(witness + 1, 16)
    for (const [row, done] of memo.rowDone.entries()) {
      bits.write(done, 1)
      if (done === 1) for (const masks of [memo.rowTrue, memo.rowFalse, memo.rowError]) bits.write(masks[row] ?? 0, 32)
    }
  }
  const identity = { policySet: policySetDigest(set, sha256), facts: factsDigest, engine: engineVersion, factsSchema: factsSchema.version }
  return { ...identity, bits: bits.bytes() }
}

/**
 * The decision again, from its record, the policies and the facts of its snapshot.
 * @throws Error for a record of other policies, of another engine or facts contract, or that is not as long as such a record is.
 */
export function evaluatedFrom({ bits, ...identity }: DecisionRecord, set: PolicySet, facts: Facts, sha256: Sha256): Evaluated {
  const expected = { policySet: policySetDigest(set, sha256), engine: engineVersion, factsSchema: factsSchema.version }
  for (const [name, value] of Object.entries(expected))
    if (identity[name as keyof typeof expected] !== value) throw new Error(`the record is of another ${name}`)
  const read = bitReader(bits)
  const rules = set.policies.reduce((sum, policy) => sum + policy.rules.length, 0)
  const outcomes = Uint8Array.from({ length: rules }, () => read.next(3))
  const { engine } = set
  if (engine === undefined || read.isAtEnd()) return { set, facts, outcomes }
  const record = new Uint8Array(engine.machine.record.length)
  const memo = viewsOf(record, engine.machine.program)
  memo.outcomes.set(outcomes)
  for (let node = 0; node < memo.states.length; node++) memo.states[node] = stateOf[read.next(2)] ?? state.unknown
  for (let binder = 0; binder < memo.witnesses.length; binder++) memo.witnesses[binder] = read.next(16) - 1
  for (let row = 0; row < memo.rowDone.length; row++) {
    if (read.next(1) === 0) continue
    memo.rowDone[row] = 1
    for (const masks of [memo.rowTrue, memo.rowFalse, memo.rowError]) masks[row] = read.next(32)
  }
  if (!read.isAtEnd()) throw new Error('the record is longer than a record of these policies')
  return { set, facts, outcomes: memo.outcomes, record }
}

/** What was not asked reads as unknown: no words are made of it, since what stands beside it had decided. */
const codeOf = (found: number): number => {
  if (found === state.false) return 0
  if (found === state.true) return 1
  return found === state.error ? 3 : 2
}
const stateOf: readonly number[] = [state.false, state.true, state.unknown, state.error]
