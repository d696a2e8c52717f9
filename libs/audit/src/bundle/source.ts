import type { NonEmpty } from '@muster/kernel'
import type { CompactRange, LogKey, Span } from '@muster/ledger'

/**
 * A ledger, as an export reads it: a running server's, or one that is kept in a folder. Nothing of it is believed; a bundle that is made of
 * something else does not verify.
 */
export interface LedgerSource {
  /** Published checkpoints as signed notes, the smallest tree first. */
  checkpoints(): AsyncIterable<string>
  keys(): Promise<NonEmpty<LogKey>>
  /** Event lines of the leaves from `begin` up to, but not including, `end`, in their order. */
  lines(span: Span): AsyncIterable<string>
  /** What stands for these leaves in a tree of this size. */
  range(span: Span, size: number): Promise<CompactRange>
}
