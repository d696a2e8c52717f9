import { parseSubject } from '@muster/contracts'
import { z } from 'zod'

/** Of a path. What no policy could be called is refused there, with the reason. */
export const PolicyId = z.object({
  id: z.string().refine(id => parseSubject('policy', encodeURIComponent(id)).ok, 'not an id that a policy could have'),
})
export type PolicyId = z.infer<typeof PolicyId>
