import type { BacktestSummary, PolicyDocument } from '@muster/contracts'
import { Injectable } from '@nestjs/common'

/* PLACEHOLDER, never committed, so that the tree compiles meanwhile: whoever builds backtests, overwrite this. The lifecycle needs these two. */
@Injectable()
export class Backtests {
  /** Id of the backtest, which runs by itself. */
  async start(documents: readonly PolicyDocument[]): Promise<string> {
    return documents.map(({ id }) => id).join(',')
  }

  /** Of the finished backtest with this id, if it is of exactly these documents; undefined while it is not finished. */
  async summaryOf(id: string, _documents: readonly PolicyDocument[]): Promise<BacktestSummary | undefined> {
    return {
      id,
      position: 0,
      decisions: 0,
      newlyBlocked: 0,
      newlyAllowed: 0,
      newlyNeedApproval: 0,
      unchanged: 0,
      undecidable: 0,
      runningViolations: 0,
    }
  }
}
