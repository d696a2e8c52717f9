import type { BacktestSummary, PolicyView } from '@muster/contracts'
import type { Client } from '../client.ts'
import { Failure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { awaitBacktest, startBacktest } from './backtesting.ts'
import { differencesFrom, standingOf, type Proposal, type Standing } from './proposal.ts'

/* The way of a proposal to its reviewers: drafted, backtested, submitted. Each step may be repeated. */

export interface Compared {
  readonly proposal: Proposal
  readonly view?: PolicyView
  readonly standing: Standing
  readonly differences: readonly string[]
}

export async function compare(client: Client, proposals: readonly Proposal[]): Promise<readonly Compared[]> {
  const compared: Compared[] = []
  for (const proposal of proposals) {
    const view = await readPolicy(client, proposal.id)
    const differences = differencesFrom(view, proposal.document)
    compared.push({ proposal, ...(view !== undefined && { view }), standing: standingOf(proposal, view), differences })
  }
  return compared
}

export async function readPolicy(client: Client, id: string): Promise<PolicyView | undefined> {
  try {
    return (await client.get<PolicyView>(pathOf(id))).body
  } catch (error) {
    if (error instanceof Failure && error.problem?.status === 404) return undefined
    throw error
  }
}

export const pathOf = (id: string): string => `/v1/policies/${encodeURIComponent(id)}`

export interface Written {
  readonly authors: readonly string[]
  readonly comment?: string
}

export interface Prepared extends Compared {
  readonly backtest: BacktestSummary
}

/** The draft, and a backtest of exactly its content. */
export async function prepare(client: Client, terminal: Terminal, compared: Compared, { authors, comment }: Written): Promise<Prepared> {
  const { id, document, cases } = compared.proposal
  await client.post(`${pathOf(id)}/draft`, { document, cases, ...(authors.length > 0 && { authors }) })
  if (comment !== undefined) await client.post(`${pathOf(id)}/comments`, { text: comment })
  const begun = await startBacktest(client, { documents: [document] })
  const { position, decisions, newlyBlocked, newlyAllowed, newlyNeedApproval, unchanged, undecidable, runningViolations, ...view } =
    await awaitBacktest(client, terminal, begun)
  const figures = { position, decisions, newlyBlocked, newlyAllowed, newlyNeedApproval, unchanged, undecidable, runningViolations }
  return { ...compared, backtest: { id: view.id, ...figures } }
}

export interface Submitted extends Prepared {
  readonly change: NonNullable<PolicyView['change']>
  /** Of the log: what asks for the approval is behind it. */
  readonly position?: number
}

/** @throws Failure where the draft says something else by now. */
export async function submit(client: Client, prepared: Prepared): Promise<Submitted> {
  const { id, digest } = prepared.proposal
  const { body, position } = await client.post<PolicyView>(`${pathOf(id)}/submission`, { digest, backtest: prepared.backtest.id })
  if (body.change === undefined) throw new Error(`policy ${id} was submitted and has no change`)
  return { ...prepared, change: body.change, ...(position !== undefined && { position }) }
}
