import { z } from 'zod'
import { ExplainedCheck, Target } from '../deployments/check.ts'
import { Instant, Personal, Position, Role } from '../primitives.ts'
import { BacktestSummary } from '../policies/backtest.ts'
import { PolicyDocument } from '../policies/document.ts'
import { Verdict } from './events.ts'
import { Question } from './question.ts'

export const ApprovalStatus = z.enum(['open', 'granted', 'rejected', 'withdrawn'])

/** Body of `POST /v1/approvals/{id}/signatures`. */
export const SignApproval = z
  .strictObject({
    verdict: Verdict,
    role: Role.describe('One of your own roles that the approval asks for.'),
    digest: Question.digest.describe('The digest that you were shown: you sign that content and no other.'),
    reason: z.string().min(1).max(4000),
  })
  .meta({ id: 'SignApproval' })

export const ApprovalSummary = z
  .strictObject({
    id: z.string(),
    status: ApprovalStatus,
    ...Question,
    requestedAt: Instant,
    endedAt: Instant.optional(),
    position: Position,
    signatures: z.array(z.strictObject({ by: z.string(), role: z.string(), verdict: Verdict, reason: Personal, at: Instant })),
    refusals: z.array(z.strictObject({ by: z.string(), role: z.string(), because: z.string(), at: Instant })),
    mine: z.boolean().describe('Whether you could sign it now.'),
  })
  .meta({ id: 'ApprovalSummary' })

export const ApprovalView = z
  .strictObject({
    ...ApprovalSummary.shape,
    evidence: z
      .strictObject({ target: Target, check: ExplainedCheck })
      .optional()
      .describe('The check that is agreed to, of a deployment.'),
    proposal: z
      .strictObject({
        document: PolicyDocument,
        isNew: z.boolean().describe('Whether no version of it was published before.'),
        differences: z.array(z.string()).describe('What it changes of the newest version, in words; what a new one says.'),
        cases: z.int(),
        backtest: BacktestSummary,
      })
      .optional()
      .describe('The content that is agreed to, of a policy.'),
  })
  .meta({ id: 'Approval' })

export type SignApproval = z.infer<typeof SignApproval>
export type ApprovalStatus = z.infer<typeof ApprovalStatus>
export type ApprovalSummary = z.infer<typeof ApprovalSummary>
export type ApprovalView = z.infer<typeof ApprovalView>
