import { z } from 'zod'
import { decisionPoints } from '../facts.ts'

/*
 * A policy document: what people write as YAML, and what is recorded as JSON. A published version never changes.
 * Expressions are text in the policy language; whether they parse and fit the facts is checked by the policy library, not here.
 */

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'lower-case letters, digits and hyphens, at most 100')
  .describe('Stable id; the file may be renamed, the id may not.')

const expression = z.string().min(1).max(4000).describe('An expression of the policy language over the facts.')

/** ISO 8601, days and smaller only: months have no fixed length. */
export const IsoDuration = z
  .string()
  .regex(
    /^P(?=[^P])(\d+W|(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/,
    'an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P90D or PT4H',
  )

export const Severity = z.enum(['low', 'medium', 'high', 'critical'])
export const PolicyMode = z.enum(['enforce', 'warn', 'shadow'])

const unused = 'Kept; not acted on yet.'

const common = {
  apiVersion: z.literal('muster.dev/v1'),
  id,
  title: z.string().min(1).max(200).describe('One sentence that says what must hold.'),
  owner: z.string().min(1).max(200).describe('Who answers for the rule, such as group:model-risk.'),
  rationale: z.string().max(4000).optional().describe('Why it exists.'),
  tags: z
    .record(z.string(), z.array(z.string().min(1)).max(50))
    .optional()
    .describe('What it is about: data, model, risk.'),
  controls: z
    .array(z.string().regex(/^[a-z0-9-]+:\S+$/))
    .max(50)
    .optional()
    .describe('Control ids, such as eu-ai-act:art-10.'),
  mode: PolicyMode.optional().describe('enforce (default), warn or shadow.'),
  effective: z
    .strictObject({ from: z.iso.datetime().optional(), until: z.iso.datetime().optional() })
    .optional()
    .describe('In effect from publication, and for ever, unless it says otherwise.'),
  appliesTo: expression.describe('When the policy applies. Unknown or an error counts as applies.'),
}

export const PolicyRule = z.strictObject({
  id,
  assert: expression.describe('What must be true.'),
  message: z.string().min(1).max(500).describe('What to tell people when it is not.'),
})

export const Policy = z
  .strictObject({
    ...common,
    kind: z.literal('Policy'),
    severity: Severity,
    serviceLevel: z
      .strictObject({
        decide: IsoDuration.optional().describe(`How soon to decide. ${unused}`),
        remediate: IsoDuration.optional().describe('How soon what runs must be gone after a revocation.'),
      })
      .optional(),
    at: z
      .array(z.enum(decisionPoints))
      .min(1)
      .describe('Decision points at which it is checked: intent, rollout. signal is kept; not acted on yet.'),
    rules: z.array(PolicyRule).min(1).max(100),
    onUnknown: z.enum(['block', 'requireApproval']).describe('What a missing fact does to an enforced rule; it never passes.'),
    exceptions: z
      .strictObject({ allowed: z.boolean(), longest: IsoDuration.optional(), extensions: z.int().min(0).max(10).optional() })
      .optional()
      .describe(`Whether people may let a deployment through all the same, and for how long. ${unused}`),
    remediation: z
      .strictObject({
        steps: z.array(z.string().min(1).max(500)).max(20).describe('What to do when it does not hold.'),
        automatic: z.enum(['none', 'halt', 'rollback']).optional().describe(`What to do without a person. ${unused}`),
      })
      .optional(),
  })
  .meta({ id: 'Policy', title: 'Policy', description: 'What must hold for a deployment.' })

export const Need = z.strictObject({ role: z.string().min(1).max(100), count: z.int().min(1).max(20) })

export const ApprovalRule = z
  .strictObject({
    ...common,
    kind: z.literal('ApprovalRule'),
    when: expression.describe('When an approval is needed. Unknown or an error counts as needed.'),
    needs: z.array(Need).min(1).max(20).describe('How many people in which role.'),
    exclude: z
      .array(z.enum(['trainer', 'requester', 'owner']))
      .optional()
      .describe('Who may not sign. Trainer and requester never may, listed or not.'),
    due: IsoDuration.optional().describe(`How soon people should sign. ${unused}`),
  })
  .meta({ id: 'ApprovalRule', title: 'ApprovalRule', description: 'When people must agree, and who.' })

export const PolicyDocument = z
  .discriminatedUnion('kind', [Policy, ApprovalRule])
  .meta({ id: 'PolicyDocument', title: 'Policy document', description: 'One governed document of the catalogue.' })

export type Policy = z.infer<typeof Policy>
export type PolicyRule = z.infer<typeof PolicyRule>
export type ApprovalRule = z.infer<typeof ApprovalRule>
export type PolicyDocument = z.infer<typeof PolicyDocument>
export type PolicyMode = z.infer<typeof PolicyMode>
export type Severity = z.infer<typeof Severity>
export type Need = z.infer<typeof Need>
