import { z } from 'zod'
import { Instant } from '../primitives.ts'
import { PolicyMode, Severity } from './document.ts'

/** What the quarterly review should look at. */
export const performanceFindings = ['never-applied', 'never-failed', 'noisy', 'ignored-warnings'] as const

const Count = z.int().min(0)

/** How one rule of one version of a policy did, in a window of days (UTC). An approval rule has one rule, `when`. */
export const PolicyPerformance = z
  .strictObject({
    policy: z.string(),
    version: z.int(),
    kind: z.enum(['Policy', 'ApprovalRule']),
    mode: PolicyMode.describe('The mode in which it was checked.'),
    severity: Severity.optional().describe('Of a Policy.'),
    rule: z.string(),
    checks: Count.describe('Recorded checks in which the version was in force. A re-check that found nothing new is not recorded.'),
    notApplied: Count.describe('Of these, those to which it certainly did not apply.'),
    ran: Count,
    passed: Count.describe('Of an approval rule: it asked nobody.'),
    failed: Count.describe('Of an approval rule: it asked people.'),
    unknown: Count,
    error: Count,
    deployments: Count.describe('Distinct deployments for which it ran.'),
    firstAt: Instant.optional().describe('When it ran first in the window.'),
    lastAt: Instant.optional(),
    microseconds: z
      .number()
      .optional()
      .describe(
        'Mean time of the rule and its `appliesTo`, alone, on the recorded facts of a sample of the checks (one in sixteen), the best of three runs, where the table was built. What rules share is evaluated once in a real check.',
      ),
    timed: Count.describe('How many were timed.'),
    warned: Count.describe('Deployments for which it warned and did not pass, by their newest recorded check or by one before.'),
    warningsEnded: Count.describe('Of these, those for which it passes by now, or which are over.'),
    findings: z.array(z.enum(performanceFindings)),
  })
  .meta({ id: 'PolicyPerformance' })

/** Answer of `GET /v1/policy-performance`: by policy, version, mode and rule. */
export const PolicyPerformancePage = z
  .strictObject({
    from: z.iso.date().describe('The first day, UTC.'),
    until: z.iso.date().describe('The day behind the last one, UTC.'),
    items: z.array(PolicyPerformance),
    next: z.string().optional(),
  })
  .meta({ id: 'PolicyPerformancePage' })

export type PolicyPerformance = z.infer<typeof PolicyPerformance>
export type PolicyPerformancePage = z.infer<typeof PolicyPerformancePage>
