import { PageQuery, policyStatuses, type Page, type PolicyView } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { z } from 'zod'
import { policies } from './tables.ts'

const word = z
  .string()
  .min(1)
  .max(200)
  .refine(text => !text.includes('\0'), 'U+0000 stands in no text')
  .optional()

export const PolicySearch = PageQuery.extend({
  status: z.enum(policyStatuses).optional(),
  change: z.enum(['draft', 'changes-requested', 'in-review']).optional().describe('Only policies with a change that stands so.'),
  kind: z.enum(['Policy', 'ApprovalRule']).optional(),
  mode: z.enum(['enforce', 'warn', 'shadow']).optional(),
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  owner: word.describe('Such as group:model-risk.'),
  tag: word.describe('A tag such as data:personal, or personal under whatever it stands.'),
  control: word.describe('A control id such as eu-ai-act:art-10, or the start of one.'),
  search: word.describe('Words that stand in the id, the title, the rationale, a rule or its message, in any order.'),
})
export type PolicySearch = z.infer<typeof PolicySearch>

/** The policy that was drafted or published last for the first time comes first. */
export async function listPolicies(sql: Sql, { limit, cursor, tag, control, search, ...asked }: PolicySearch): Promise<Page<PolicyView>> {
  const rows = await sql.query<{ first_seen: number; view: PolicyView }>(
    `SELECT first_seen, view FROM ${policies}
     WHERE first_seen < $1
       AND ($2::text IS NULL OR status = $2)
       AND ($3::text IS NULL OR change = $3)
       AND ($4::text IS NULL OR view ->> 'kind' = $4)
       AND ($5::text IS NULL OR view ->> 'mode' = $5)
       AND ($6::text IS NULL OR view ->> 'severity' = $6)
       AND ($7::text IS NULL OR view ->> 'owner' = $7)
       AND ($8::text IS NULL OR $8 = ANY (tags))
       AND ($9::text IS NULL OR EXISTS (SELECT FROM unnest(controls) AS control WHERE starts_with(control, $9)))
       AND ($10::text IS NULL OR words @@ plainto_tsquery('simple', $10))
     ORDER BY first_seen DESC LIMIT $11`,
    [
      pageBelow(cursor),
      asked.status ?? null,
      asked.change ?? null,
      asked.kind ?? null,
      asked.mode ?? null,
      asked.severity ?? null,
      asked.owner ?? null,
      tag ?? null,
      control ?? null,
      search ?? null,
      limit + 1,
    ],
  )
  return pageFrom(
    rows,
    limit,
    row => row.first_seen,
    ({ view }) => view,
  )
}
