import { z } from 'zod'
import { Verdict } from '../approvals/events.ts'
import { Instant, Position } from '../primitives.ts'
import { BacktestSummary } from './backtest.ts'
import { PolicyCases } from './cases.ts'
import { PolicyDocument, PolicyMode, Severity } from './document.ts'
import { Author, policyPublished, policySubmitted, PolicyVersion } from './events.ts'

const { digest, effectiveFrom, effectiveUntil, reviewed } = policyPublished.data.shape

/** One published version. What it says never changes; whether it is tried in shadow or in effect may. */
export const PolicyVersionView = z
  .strictObject({
    id: z.string(),
    version: PolicyVersion,
    digest,
    document: PolicyDocument,
    mode: PolicyMode.describe('The mode in which it is checked now: shadow while it is tried, whatever its document says.'),
    trial: z.boolean().describe('Whether it is tried in shadow, beside the version in effect, until somebody activates it.'),
    effectiveFrom,
    effectiveUntil,
    reviewed,
    approvalId: z.string().optional().describe('The approval by which peers agreed to it.'),
    publishedAt: Instant,
    activatedAt: Instant.optional(),
    position: Position,
  })
  .meta({ id: 'PolicyVersionView' })

/** The change that is open: it decides nothing. */
export const PolicyChangeView = z
  .strictObject({
    status: z.enum(['draft', 'changes-requested', 'in-review']),
    digest,
    document: PolicyDocument,
    authors: z.array(Author).describe('Everybody who wrote any of it. None of them reviews it.'),
    cases: PolicyCases.optional(),
    approvalId: z.string().optional().describe('Where peers sign, once it is submitted.'),
    needs: policySubmitted.data.shape.needs.optional(),
    backtest: BacktestSummary.optional(),
    draftedAt: Instant,
    revisedAt: Instant.optional(),
    submittedAt: Instant.optional(),
    differences: z.array(z.string()).describe('What it changes of the newest version, in words.'),
  })
  .meta({ id: 'PolicyChangeView' })

export const policyStatuses = ['draft', 'trial', 'in-force', 'retired', 'discarded'] as const

export const PolicyView = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(policyStatuses)
      .describe('draft: never published; trial: tried in shadow, no version was ever in effect; discarded: given up before it was.'),
    kind: z.enum(['Policy', 'ApprovalRule']),
    title: z.string(),
    owner: z.string(),
    severity: Severity.optional().describe('Of a Policy.'),
    document: PolicyDocument.describe('That of the version that decides; of the trial or the draft, where none does.'),
    digest,
    version: PolicyVersion.optional(),
    mode: PolicyMode,
    effectiveFrom: Instant.optional(),
    effectiveUntil: Instant.optional(),
    reviewed: z.boolean(),
    publishedAt: Instant.optional(),
    retiredAt: Instant.optional(),
    trial: PolicyVersionView.optional().describe('The newer version that is tried in shadow.'),
    change: PolicyChangeView.optional(),
    comments: z.int().min(0),
    position: Position,
  })
  .meta({ id: 'PolicyView' })

/** One thing that happened to a policy: who changed what, when. */
export const PolicyHistoryEntry = z
  .strictObject({
    at: Instant,
    actor: z.string().optional().describe('Who did it: a person or a service.'),
    event: z.string().describe('Such as policy.revised.'),
    version: PolicyVersion.optional(),
    digest: digest.optional(),
    approvalId: z.string().optional(),
    signatures: z
      .array(z.strictObject({ by: z.string(), role: z.string(), verdict: Verdict, reason: z.string() }))
      .optional()
      .describe('Who agreed to it, or sent it back, and why.'),
    text: z.string().optional().describe('A reason or a comment, in the words of a person.'),
    differences: z.array(z.string()).describe('What it changed of what the policy said before, in words.'),
    position: Position,
  })
  .meta({ id: 'PolicyHistoryEntry' })

/** What differs between two contents of a policy, in words. */
export const PolicyDifference = z
  .strictObject({
    id: z.string(),
    from: z.string().describe('A version, or draft.'),
    to: z.string(),
    sentences: z.array(z.string()),
  })
  .meta({ id: 'PolicyDifference' })

export type PolicyView = z.infer<typeof PolicyView>
export type PolicyChangeView = z.infer<typeof PolicyChangeView>
export type PolicyVersionView = z.infer<typeof PolicyVersionView>
export type PolicyHistoryEntry = z.infer<typeof PolicyHistoryEntry>
export type PolicyDifference = z.infer<typeof PolicyDifference>
