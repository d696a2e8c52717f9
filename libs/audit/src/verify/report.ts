import type { Scope } from '../bundle/manifest.ts'

/* What came out of a verification: for people and programs, and the same for the same bundle. */

export interface BundleFinding {
  /** `tampered`: something is not what was signed, or not what follows from it. `incomplete`: something that was signed is not here. */
  readonly kind: 'tampered' | 'incomplete'
  readonly message: string
  readonly stream?: string
  readonly revision?: number
  /** Of the leaf in the ledger, counted from 0. */
  readonly index?: number
}

export interface BundleReport {
  readonly verdict: 'whole' | 'tampered' | 'incomplete'
  readonly origin?: string
  readonly scope?: Scope
  /** Events that were read. */
  readonly events: number
  /** Leaves and root of the newest checkpoint that was verified. */
  readonly size?: number
  readonly root?: string
  readonly checkpoints: number
  /** Witnesses that the auditor trusts and that have seen the newest checkpoint. */
  readonly cosignedBy: readonly string[]
  /** Checks that were performed again. */
  readonly checks: number
  /** The first `mostFindings`; `found` counts all. */
  readonly findings: readonly BundleFinding[]
  readonly found: number
  /** What a reader should know about how far this reaches. */
  readonly notes: readonly string[]
}

export const mostFindings = 1_000

export interface Findings {
  add(finding: BundleFinding): void
  readonly list: readonly BundleFinding[]
  readonly found: number
  readonly verdict: BundleReport['verdict']
}

export function collectFindings(): Findings {
  const list: BundleFinding[] = []
  let [found, tampered] = [0, 0]
  return {
    list,
    add(finding) {
      found += 1
      if (finding.kind === 'tampered') tampered += 1
      if (list.length < mostFindings) list.push(finding)
    },
    get found() {
      return found
    },
    get verdict() {
      return tampered > 0 ? 'tampered' : found > 0 ? 'incomplete' : 'whole'
    },
  }
}

/** Of a bundle that cannot even be opened. */
export const unreadable = (finding: BundleFinding): BundleReport => ({
  verdict: finding.kind,
  events: 0,
  checkpoints: 0,
  cosignedBy: [],
  checks: 0,
  findings: [finding],
  found: 1,
  notes: [],
})
