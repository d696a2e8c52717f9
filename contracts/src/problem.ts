import { z } from 'zod'

/** A problem as RFC 9457 has it, with the fields that were wrong (JSON pointers, RFC 6901). */
export const Problem = z
  .object({
    type: z.string().describe('about:blank, or a name of ours such as urn:muster:problem:already-signed'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.strictObject({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
export type Problem = z.infer<typeof Problem>

export const problemType = (code: string): string => `urn:muster:problem:${code}`
