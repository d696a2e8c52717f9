import { canonicalJson, type Author, type PolicyDocument } from '@muster/contracts'
import type { PolicyChange, PolicyCommand } from '@muster/domain'
import { digestOf, type Sha256 } from '@muster/kernel'
import { runCasesOf } from '@muster/policy'
import type { Backtests } from './backtests/backtests.ts'

/* What a change must show before peers are asked: its own cases, run here and now, and a backtest of exactly its content. */

export const documentDigest = (sha256: Sha256, document: PolicyDocument): string => digestOf(sha256, canonicalJson(document))

export interface Shown {
  readonly command: Extract<PolicyCommand, { type: 'submit-policy' }>
  /** What came out otherwise than a case expects, in words. */
  readonly failures: readonly string[]
}

export async function submissionOf(
  id: string,
  { document, digest, cases }: PolicyChange,
  submitter: Author,
  backtestId: string,
  backtests: Pick<Backtests, 'summaryOf'>,
): Promise<Shown> {
  const results = cases === undefined ? [] : runCasesOf(document, cases)
  const failures = results.flatMap(({ name, differences }) => differences.map(({ text }) => `${name}: ${text}`))
  const backtest = await backtests.summaryOf(backtestId, [document])
  const failed = results.filter(({ differences }) => differences.length > 0).length
  return {
    command: {
      type: 'submit-policy',
      id,
      digest,
      submitter,
      cases: { of: cases, run: results.length, failed },
      ...(backtest !== undefined && { backtest }),
    },
    failures,
  }
}
