import type { ApprovalSummary, ApprovalView, Page, RunningViolation, SignApproval, Verdict } from '@muster/contracts'
import type { Client } from '../client.ts'
import { Failure, usage } from '../failure.ts'

/* A signature is over a digest: the one that the signer names, or that of what was shown here and agreed to. */

export const readApproval = async (client: Client, id: string): Promise<ApprovalView> =>
  (await client.get<ApprovalView>(`/v1/approvals/${encodeURIComponent(id)}`)).body

/** Of a policy: what ran when it was tried on history, and would lose its clearance by it; the first of them, while the backtest is kept. */
export async function violationsOf(client: Client, { proposal }: Pick<ApprovalView, 'proposal'>): Promise<readonly RunningViolation[]> {
  if (proposal === undefined || proposal.backtest.runningViolations === 0) return []
  const path = `/v1/backtests/${encodeURIComponent(proposal.backtest.id)}/violations`
  try {
    return (await client.get<Page<RunningViolation>>(path, { limit: 20 })).body.items
  } catch (error) {
    if (error instanceof Failure && error.problem?.status === 404) return []
    throw error
  }
}

/** The role that is asked of the signer, where there can be only one. `mine` are the signer's roles, where they are known. */
export function roleFor({ id, needs }: Pick<ApprovalView, 'id' | 'needs'>, mine: readonly string[] | undefined): string {
  const asked = [...new Set(needs.map(({ role }) => role))]
  const possible = mine === undefined || asked.length === 1 ? asked : asked.filter(role => mine.includes(role))
  const [only] = possible
  if (only !== undefined && possible.length === 1) return only
  throw usage(`approval ${id} asks for ${asked.join(' and ')}: say by --role in which of them you sign`)
}

export async function sign(
  client: Client,
  id: string,
  signature: SignApproval & { readonly verdict: Verdict },
): Promise<{ readonly approval: ApprovalSummary; readonly repeated: boolean; readonly position?: number }> {
  const { status, body, position } = await client.post<ApprovalSummary>(`/v1/approvals/${encodeURIComponent(id)}/signatures`, signature)
  return { approval: body, repeated: status === 200, ...(position !== undefined && { position }) }
}
