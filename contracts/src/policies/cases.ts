import { z } from 'zod'
import { checkOutcomes, type FactValue } from '../facts.ts'

/*
 * What a policy must answer, as data: a base of facts, and cases that say only what differs from it.
 *
 * People write files of cases beside their policies; with the draft of one policy its own cases are sent, put together, and are recorded
 * with it. They are run again wherever the policy is submitted, so their size and depth are bounded here.
 */

const mostCases = 200
const mostBytes = 256 * 1024
const deepest = 20

type Json = FactValue | null | readonly Json[] | { readonly [name: string]: Json }

/** Nothing below is deeper than this, so that whoever walks it may do so plainly. */
const isShallow = (value: unknown, depth = deepest): boolean =>
  typeof value !== 'object' || value === null || (depth > 0 && Object.values(value).every(inner => isShallow(inner, depth - 1)))

const Value = z
  .unknown()
  .refine(value => isShallow(value), { error: `at most ${deepest} levels deep`, abort: true })
  .meta({ description: 'Any JSON value; null takes the fact away.' }) as unknown as z.ZodType<Json>

/** A value replaces what is there, a map is merged into it, null takes it away. A key may be a path: `datasets[0].license`. */
export const FactsChange = z
  .record(z.string().min(1).max(500), Value)
  .describe('What differs: a value replaces what is there, a map is merged into it, null takes it away. A key may be a path.')

const named = { name: z.string().min(1).max(200).describe('What the case shows.'), facts: FactsChange.optional() }
const expected = {
  outcomes: z
    .record(z.string().min(1).max(100), z.enum(checkOutcomes))
    .describe('What comes out of the rules that are named, by their ids.'),
  notApplying: z.literal(false).describe('That the policy does not apply.'),
  asking: z.boolean().describe('Whether the ApprovalRule asks for approval.'),
}

export const PolicyCase = z.union([
  z.strictObject({ ...named, expect: expected.outcomes }),
  z.strictObject({ ...named, applies: expected.notApplying }),
  z.strictObject({ ...named, asks: expected.asking }),
])

const bytesOf = (value: unknown): number => {
  const text = JSON.stringify(value)
  return text.length > mostBytes ? text.length : new TextEncoder().encode(text).length
}

/** The cases of one policy, put together: all that they need is here. */
export const PolicyCases = z
  .strictObject({
    facts: FactsChange.optional().describe('The facts that all cases stand on.'),
    cases: z.array(PolicyCase).max(mostCases),
  })
  .refine(cases => bytesOf(cases) <= mostBytes, `at most ${mostBytes / 1024} KiB of JSON`)
  .meta({ id: 'PolicyCases', title: 'Policy cases', description: 'What one policy must answer.' })

const policy = z.string().min(1).max(100).describe('The id of the policy or approval rule that it is about.')

/** A file of cases beside policies, whose name ends in `.cases.yaml`. */
export const PolicyCaseFile = z
  .strictObject({
    base: z
      .string()
      .regex(/\.cases\.ya?ml$/, 'the name of a file that ends in .cases.yaml')
      .optional()
      .describe('Another file of cases, whose facts these stand on. It stands on none itself.'),
    facts: FactsChange.optional().describe('The facts that all cases of the file stand on.'),
    cases: z
      .array(
        z.union([
          z.strictObject({ ...named, policy, expect: expected.outcomes }),
          z.strictObject({ ...named, policy, applies: expected.notApplying }),
          z.strictObject({ ...named, policy, asks: expected.asking }),
        ]),
      )
      .max(2000)
      .optional(),
  })
  .meta({ id: 'PolicyCaseFile', title: 'Policy cases', description: 'A file of cases: what the policies beside it must answer.' })

export type FactsChange = z.infer<typeof FactsChange>
export type PolicyCase = z.infer<typeof PolicyCase>
export type PolicyCases = z.infer<typeof PolicyCases>
export type PolicyCaseFile = z.infer<typeof PolicyCaseFile>
