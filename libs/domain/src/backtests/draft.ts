import { factsSchema, modeOf, type PolicyDocument } from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'
import {
  compileDocument,
  compilePolicySet,
  type CompiledApprovalRule,
  type CompiledPolicy,
  type DocumentDiagnostic,
  type PolicySet,
} from '@muster/policy'
import type { DecisionPoint } from '../deployments/facts.ts'
import type { JudgedRule } from '../deployments/judgement.ts'

/*
 * A draft: documents as they would be, each in place of what is in force under its id, or beside all that is. As if they had always been in
 * force: when they take effect is another question.
 */

export interface Draft {
  readonly ids: ReadonlySet<string>
  readonly approvalRules: readonly CompiledApprovalRule[]
  readonly hasPolicies: boolean
  readonly at: Readonly<Record<DecisionPoint, DraftAt>>
}

/** What of a draft is checked at one decision point. */
export interface DraftAt {
  readonly set: PolicySet
  /** Paths that must be known, as far as they are evidence: not the clock, the point or what rules came out as. */
  readonly reads: readonly string[]
  /** The rules in the order of the set, each as it is judged when its outcome is of that index in `outcomes`. */
  readonly judged: readonly (readonly JudgedRule[])[]
}

export type DraftCompilation =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly diagnostics: readonly (DocumentDiagnostic & { readonly document: number })[] }

export function compileDraft(documents: readonly PolicyDocument[]): DraftCompilation {
  const compilations = documents.map(document => compileDocument(document, factsSchema))
  const wrong = compilations.flatMap((compilation, document) =>
    compilation.ok ? [] : compilation.diagnostics.filter(({ severity }) => severity === 'error').map(one => ({ ...one, document })),
  )
  if (wrong.length > 0) return { ok: false, diagnostics: wrong }
  const compiled = compilations.flatMap(compilation => (compilation.ok ? [compilation.compiled] : []))
  const inOrder = compiled.toSorted((a, b) => byCodeUnit(a.document.id, b.document.id))
  const policies = inOrder.filter(one => one.kind === 'Policy')
  const approvalRules = inOrder.filter(one => one.kind === 'ApprovalRule')
  const at = (point: DecisionPoint): DraftAt =>
    draftAt(
      policies.filter(({ document }) => document.at.includes(point)),
      approvalRules,
    )
  const ids = new Set(documents.map(({ id }) => id))
  return {
    ok: true,
    draft: {
      ids,
      approvalRules,
      hasPolicies: documents.some(({ kind }) => kind === 'Policy'),
      at: { intent: at('intent'), rollout: at('rollout'), signal: at('signal') },
    },
  }
}

function draftAt(policies: readonly CompiledPolicy[], approvalRules: readonly CompiledApprovalRule[]): DraftAt {
  const reads = new Set([...policies, ...approvalRules].flatMap(one => one.reads))
  return {
    set: compilePolicySet(policies, []),
    reads: [...reads].filter(isEvidence),
    judged: policies.flatMap(policy => policy.rules.map(rule => outcomesOf(policy, rule))),
  }
}

/** The clock, the point and the outcomes of rules are known of every check. */
export const isEvidence = (path: string): boolean => path !== 'now' && path !== 'point' && !readsChecks(path)
export const readsChecks = (path: string): boolean => path.startsWith('checks')

/** In the order of `outcomes` of the engine, of which the first says that the policy does not apply. */
function outcomesOf(policy: CompiledPolicy, { id, message }: CompiledPolicy['rules'][number]): readonly JudgedRule[] {
  const { document, version } = policy
  const { severity, onUnknown } = document
  const judged = {
    policy: document.id,
    version,
    mode: modeOf(policy.document),
    rule: id,
    severity,
    onUnknown,
    message,
    missing: [],
    errors: [],
  }
  const passes = { ...judged, outcome: 'pass' } as const
  return [passes, passes, ...(['fail', 'unknown', 'error'] as const).map(outcome => ({ ...judged, outcome }))]
}
