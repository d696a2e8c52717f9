import type { DeploymentChecked, Truth } from '@muster/contracts'
import type { Row } from './rows.ts'

/** How often each rule of each version ran over all recorded checks, and how it came out. */
export interface PerformanceRows {
  see(check: DeploymentChecked): void
  rows(): Iterable<Row>
}

type Outcome = 'pass' | 'fail' | 'unknown' | 'error'
interface VersionCounts {
  checks: number
  notApplied: number
}
type RuleCounts = Record<Outcome, number>

export function performanceRows(): PerformanceRows {
  const versions = new Map<string, VersionCounts>()
  const rules = new Map<string, { readonly version: string; readonly row: Row; readonly counts: RuleCounts }>()

  const count = (policy: string, version: number, mode: string, rule: string, outcome: Outcome): void => {
    const key = `${mode} ${version} ${policy}`
    const known = rules.get(`${key}/${rule}`) ?? {
      version: key,
      row: { policy, version, mode, rule },
      counts: { pass: 0, fail: 0, unknown: 0, error: 0 },
    }
    known.counts[outcome] += 1
    rules.set(`${key}/${rule}`, known)
  }

  return {
    see({ policies, rules: results, approvalRules }) {
      const applied = new Set<string>()
      for (const { policy, version, mode, applies } of policies) {
        const key = `${mode} ${version} ${policy}`
        const known = versions.get(key) ?? { checks: 0, notApplied: 0 }
        known.checks += 1
        if (applies === false) known.notApplied += 1
        else applied.add(key)
        versions.set(key, known)
      }
      for (const { policy, version, mode, rule, outcome } of results) count(policy, version, mode, rule, outcome)
      for (const { policy, version, mode, needed } of approvalRules)
        if (applied.has(`${mode} ${version} ${policy}`)) count(policy, version, mode, 'when', outcomeOf(needed))
    },
    *rows() {
      for (const { version, row, counts } of rules.values()) {
        const { checks, notApplied } = versions.get(version) ?? { checks: 0, notApplied: 0 }
        const { pass, fail, unknown, error } = counts
        yield { ...row, checks, notApplied, ran: pass + fail + unknown + error, passed: pass, failed: fail, unknown, error }
      }
    },
  }
}

/** An approval rule that asks nobody passes. */
function outcomeOf(needed: Truth): Outcome {
  if (typeof needed === 'string') return needed
  return needed ? 'fail' : 'pass'
}
