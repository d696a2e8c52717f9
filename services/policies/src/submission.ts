import { setImmediate as turn } from 'node:timers/promises'
import { canonicalJson, type Author, type BacktestSummary, type PolicyDocument } from '@muster/contracts'
import type { PolicyChange, PolicyCommand } from '@muster/domain'
import { digestOf, type Sha256 } from '@muster/kernel'
import { caseResultsOf } from '@muster/policy'

/* What a change must show before peers are asked: its own cases, run here and now, and a backtest of exactly its content. */

export const documentDigest = (sha256: Sha256, document: PolicyDocument): string => digestOf(sha256, canonicalJson(document))

export interface Shown {
  readonly command: Extract<PolicyCommand, { type: 'submit-policy' }>
  /** What came out otherwise than a case expects, in words. */
  readonly failures: readonly string[]
}

/** Lets other work have its turn between two cases: many cases of large rules take seconds. */
export async function submissionOf(
  id: string,
  { document, digest, cases }: PolicyChange,
  submitter: Author,
  backtest: BacktestSummary | undefined,
): Promise<Shown> {
  const failures: string[] = []
  let [run, failed] = [0, 0]
  for (const { name, differences } of cases === undefined ? [] : caseResultsOf(document, cases)) {
    run++
    if (differences.length > 0) failed++
    failures.push(...differences.map(({ text }) => `${name}: ${text}`))
    await turn()
  }
  return {
    command: {
      type: 'submit-policy',
      id,
      digest,
      submitter,
      cases: { of: cases, run, failed },
      ...(backtest !== undefined && { backtest }),
    },
    failures,
  }
}
