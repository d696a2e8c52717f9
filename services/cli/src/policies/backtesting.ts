import type { BacktestDifference, BacktestView, Page, StartBacktest } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { count } from '../text.ts'

/* A backtest runs on the server, whoever waits for it: it is begun, and looked at until there is a result. */

export const startBacktest = async (client: Client, backtest: StartBacktest): Promise<BacktestView> =>
  (await client.post<BacktestView>('/v1/backtests', backtest)).body

export const readBacktest = async (client: Client, id: string): Promise<BacktestView> =>
  (await client.get<BacktestView>(`/v1/backtests/${encodeURIComponent(id)}`)).body

export const cancelBacktest = async (client: Client, id: string): Promise<BacktestView> =>
  (await client.post<BacktestView>(`/v1/backtests/${encodeURIComponent(id)}/cancellation`, {})).body

const [shortest, longest] = [100, 2_000]

/** Resolves when it has gone through all history. @throws Failure where it was cancelled or failed. */
export async function awaitBacktest(
  client: Client,
  { tell, sleep }: Pick<Terminal, 'tell' | 'sleep'>,
  begun: BacktestView,
): Promise<BacktestView> {
  let told = 0
  for (let [view, pause] = [begun, shortest]; ; pause = Math.min(pause * 1.5, longest)) {
    switch (view.status) {
      case 'finished':
      case 'following':
        return view
      case 'cancelled':
        throw new Failure(`backtest ${view.id} was cancelled`, exit.no)
      case 'failed':
        throw new Failure(`backtest ${view.id} failed: ${view.error ?? 'nothing is known of why'}`, exit.no)
      case 'queued':
      case 'running':
        if (view.percent >= told + 10) {
          told = view.percent
          tell(`backtest ${view.id}: ${view.percent}% of the log, ${count(view.decisions, 'decision')}`)
        }
    }
    await sleep(pause)
    view = await readBacktest(client, begun.id)
  }
}

/** Each decision from now on that comes out otherwise, in its order, until the experiment or the patience of who looks is at an end. */
export async function followBacktest(
  client: Client,
  { sleep, interrupted }: Pick<Terminal, 'sleep' | 'interrupted'>,
  { id, position }: Pick<BacktestView, 'id' | 'position'>,
  show: (difference: BacktestDifference) => void,
): Promise<void> {
  for (let [seen, status] = [position, 'following']; status === 'following' && !interrupted.aborted;) {
    const { body } = await client.get<Page<BacktestDifference>>(`/v1/backtests/${encodeURIComponent(id)}/deployments`, { limit: 500 })
    const news = body.items.filter(difference => difference.position > seen).toReversed()
    news.forEach(show)
    seen = news.at(-1)?.position ?? seen
    await sleep(longest)
    status = (await readBacktest(client, id)).status
  }
}
