import { z } from 'zod'
import { Need } from '../policies/document.ts'
import { Instant, Position } from '../primitives.ts'
import { ExplainedCheck, Reason, Target } from './check.ts'
import { violationKinds } from './events.ts'

export const deploymentStatuses = ['waiting', 'approval-required', 'cleared', 'blocked', 'refused', 'lapsed', 'revoked'] as const
export const DeploymentStatus = z.enum(deploymentStatuses)

export const DeploymentSummary = z
  .strictObject({
    id: z.string(),
    status: DeploymentStatus,
    target: Target,
    requestedBy: z.string(),
    openedAt: Instant,
    changedAt: Instant,
    position: Position.describe('Of the newest event of the deployment.'),
    reasons: z.array(Reason),
    approvalId: z.string().optional(),
  })
  .meta({ id: 'DeploymentSummary' })

export const DeploymentView = z
  .strictObject({
    ...DeploymentSummary.shape,
    missing: z.array(z.string()).describe('What is not registered yet.'),
    check: z
      .strictObject({ event: z.uuid(), ...ExplainedCheck.shape })
      .optional()
      .describe('The newest recorded check.'),
    remediation: z.array(z.strictObject({ policy: z.string(), steps: z.array(z.string()) })),
    explanation: z.array(z.string()).describe('The decision in sentences.'),
    history: z.array(
      z.strictObject({
        event: z.uuid(),
        type: z.string(),
        at: Instant,
        position: Position,
        cause: z.string().optional(),
        actor: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Deployment' })

/** Answer of `POST /v1/deployments/dry-runs`: what would be decided now. Nothing is recorded. */
export const DryRun = z
  .strictObject({
    verdict: z.enum(['waiting', 'cleared', 'blocked', 'approval-required']),
    position: Position.describe('The facts are as of this position of the log.'),
    missing: z.array(z.string()),
    reasons: z.array(Reason),
    explanation: z.array(z.string()),
    needs: z.array(Need).optional(),
    check: ExplainedCheck.optional(),
  })
  .meta({ id: 'DryRun' })

export const ViolationView = z
  .strictObject({
    environment: z.string(),
    endpoint: z.string(),
    kind: z.enum(violationKinds),
    running: z.strictObject({ model: z.string(), version: z.string(), artifact: z.string() }),
    deployment: z.string().optional(),
    message: z.string(),
    foundAt: Instant,
    endedAt: Instant.optional(),
  })
  .meta({ id: 'Violation' })

export type DeploymentStatus = z.infer<typeof DeploymentStatus>
export type DeploymentSummary = z.infer<typeof DeploymentSummary>
export type DeploymentView = z.infer<typeof DeploymentView>
export type DryRun = z.infer<typeof DryRun>
export type ViolationView = z.infer<typeof ViolationView>
