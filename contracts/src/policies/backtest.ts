import { z } from 'zod'
import { Reason, Target, verdicts } from '../deployments/check.ts'
import { decisionPoints } from '../facts.ts'
import { Digest, Instant, Position } from '../primitives.ts'
import { PolicyDocument } from './document.ts'

/*
 * A backtest: what a draft would have decided, beside what was decided, over every recorded decision. An experiment goes on beside what is
 * decided from then on. Neither changes anything.
 */

const count = z.int().min(0)
const counts = {
  decisions: count.describe('Recorded decisions that were looked at.'),
  newlyBlocked: count.describe('Would have been blocked, and were not.'),
  newlyAllowed: count.describe('Would have been cleared, and were not.'),
  newlyNeedApproval: count.describe('People would have been asked, and were not.'),
  unchanged: count,
  undecidable: count.describe('It depends on facts that nobody recorded then.'),
}

/** What a draft would have changed, in figures. */
export const BacktestSummary = z
  .strictObject({
    id: z.string().describe('Of the backtest.'),
    position: Position.describe('It went through all history up to here.'),
    ...counts,
    runningViolations: count.describe('What ran at that position and would violate the draft.'),
  })
  .meta({ id: 'BacktestSummary' })

/** Body of `POST /v1/backtests`. */
export const StartBacktest = z
  .strictObject({
    documents: z
      .array(PolicyDocument)
      .min(1)
      .max(200)
      .describe('Each stands for what was in force then under its id, or comes beside it. As if they had always been in force.'),
    follow: z.boolean().optional().describe('Go on beside what is decided from now on, until it is cancelled: an experiment.'),
  })
  .meta({ id: 'StartBacktest' })

export const backtestStatuses = ['queued', 'running', 'following', 'finished', 'cancelled', 'failed'] as const
export const backtestClasses = ['newly-blocked', 'newly-allowed', 'newly-needs-approval', 'unchanged', 'undecidable'] as const
export const differenceClasses = ['newly-blocked', 'newly-allowed', 'newly-needs-approval', 'undecidable'] as const

/** One recorded decision that would have come out otherwise, or may have. */
export const BacktestDifference = z
  .strictObject({
    deployment: z.string(),
    position: Position.describe('Of the recorded decision.'),
    event: z.uuid().describe('The recorded decision.'),
    at: Instant,
    point: z.enum(decisionPoints),
    target: Target,
    team: z.string().optional().describe('The owner of the model at that time.'),
    riskTier: z.string().optional(),
    class: z.enum(differenceClasses),
    then: z.enum(verdicts).describe('What followed from the record.'),
    now: z.enum(verdicts).describe('What would follow with the draft; for what is undecidable, as if the facts stayed unknown.'),
    reasons: z.array(Reason).describe('Why it would be so now; of what is newly allowed, what stood in the way then.'),
    policies: z.array(z.string()).describe('Documents of the draft that make the difference.'),
    missing: z.array(z.string()).describe('Paths of facts on which it depends and that nobody recorded then.'),
    explanation: z.array(z.string()).describe('In words, with the values that decided.'),
  })
  .meta({ id: 'BacktestDifference' })

/** Something that runs, and would violate the draft. */
export const RunningViolation = z
  .strictObject({
    deployment: z.string(),
    target: Target,
    since: Instant.describe('When it was first seen to run.'),
    team: z.string().optional(),
    riskTier: z.string().optional(),
    reasons: z.array(Reason),
    explanation: z.array(z.string()),
  })
  .meta({ id: 'RunningViolation' })

export const BacktestTally = z.strictObject({ name: z.string(), ...counts }).meta({ id: 'BacktestTally' })

export const BacktestView = z
  .strictObject({
    id: z.string(),
    status: z.enum(backtestStatuses),
    digest: Digest.describe('SHA-256 over the canonical JSON of the documents, in the order of their ids.'),
    policies: z.array(z.string()).describe('Ids of the documents.'),
    follow: z.boolean(),
    requestedBy: z.string(),
    requestedAt: Instant,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    position: Position.describe('It has looked at everything up to here.'),
    head: Position.describe('It goes up to here.'),
    percent: z.int().min(0).max(100),
    ...counts,
    byTeam: z.array(BacktestTally).describe('By the owner of the model at that time.'),
    byRiskTier: z.array(BacktestTally).describe('By the risk tier of the model at that time.'),
    byPolicy: z
      .array(BacktestTally)
      .describe('By document of the draft: a decision counts as changed where the document makes the difference.'),
    missing: z.array(z.strictObject({ path: z.string(), decisions: count })).describe('What the undecidable ones lack, most often first.'),
    running: count.describe('What ran at the end of history under a clearance.'),
    runningViolations: count,
    violations: z.array(RunningViolation).describe('The first of what runs and would violate the draft; all of it is a list of its own.'),
    error: z.string().optional(),
  })
  .meta({ id: 'BacktestView' })

export type BacktestSummary = z.infer<typeof BacktestSummary>
export type StartBacktest = z.infer<typeof StartBacktest>
export type BacktestStatus = (typeof backtestStatuses)[number]
export type BacktestClass = (typeof backtestClasses)[number]
export type DifferenceClass = (typeof differenceClasses)[number]
export type BacktestDifference = z.infer<typeof BacktestDifference>
export type RunningViolation = z.infer<typeof RunningViolation>
export type BacktestTally = z.infer<typeof BacktestTally>
export type BacktestView = z.infer<typeof BacktestView>
