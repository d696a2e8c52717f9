import type { ApprovalView, PolicyView } from '@muster/contracts'
import { askerOf } from './callers.ts'
import { eventually } from './eventually.ts'

/*
 * The first day of an installation where people are known: the folder's policies are in review, their groups agree to them, and somebody who
 * looks after policies puts them into effect. `MUSTER_POLICIES_AUTHOR` must name one of the people.
 */

/** Who signs in which role: nobody here wrote the policies. */
export const reviewers = {
  rita: ['model-risk'],
  ana: ['model-risk'],
  gina: ['data-protection', 'data-governance', 'platform'],
  lena: ['data-protection'],
  omar: ['operator', 'policy-admin'],
} as const

/** Resolves when every policy of the folder is in effect. */
export async function agreeToPolicies(url: string): Promise<void> {
  const ask = askerOf(url)
  const policies = async (): Promise<readonly PolicyView[]> => (await ask.get('omar', '/v1/policies?limit=500')).body.items
  const inReview = await eventually(async () => {
    const all = await policies()
    const proposed = all.filter(({ change }) => change !== undefined)
    return all.length > 0 && proposed.every(({ change }) => change?.status === 'in-review') ? proposed : undefined
  }, 'the policies of the folder to be in review')
  await Promise.all(inReview.map(policy => agree(ask, policy)))
  for (const { id } of inReview) {
    const trial = await eventually(async () => (await ask.get('omar', `/v1/policies/${id}`)).body.trial, `policy ${id} to be tried`)
    expectStatus(await ask.post('omar', `/v1/policies/${id}/activation`, { version: trial.version }), 201)
  }
}

async function agree(ask: ReturnType<typeof askerOf>, { id, change }: PolicyView): Promise<void> {
  const { approvalId = '', needs = [] } = change ?? {}
  const { digest }: ApprovalView = await eventually(async () => {
    const { status, body } = await ask.get('omar', `/v1/approvals/${encodeURIComponent(approvalId)}`)
    return status === 200 ? body : undefined
  }, `the reviewers of policy ${id} to be asked`)
  for (const { role, count } of needs) {
    const able = Object.entries(reviewers).flatMap(([person, roles]) => ((roles as readonly string[]).includes(role) ? [person] : []))
    if (able.length < count)
      throw new Error(`policy ${id} needs ${count} × ${role}, and the tests know only ${able.join(', ') || 'nobody'}`)
    for (const person of able.slice(0, count)) {
      const signature = { verdict: 'approve', role, digest, reason: 'It says what we agreed on.' }
      expectStatus(await ask.post(person, `/v1/approvals/${encodeURIComponent(approvalId)}/signatures`, signature), 201)
    }
  }
}

function expectStatus({ status, body }: { readonly status: number; readonly body: unknown }, expected: number): void {
  if (status !== expected) throw new Error(`the answer was ${status}: ${JSON.stringify(body)}`)
}
