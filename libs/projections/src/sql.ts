import type { Session } from './session.ts'

/**
 * The only way to a database.
 *
 * Numbers of type bigint come as numbers (beyond 2^53 they throw), timestamptz as RFC 3339 in UTC with milliseconds, numeric as text.
 */
export interface Sql {
  /**
   * With `values` (an empty list will do) the statement is prepared once for each connection, under a name made from its text: so keep texts
   * constant. Without, it is sent as it is and may hold several statements.
   */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /**
   * All of the work or nothing. What `work` throws rolls back and is thrown on, and so is the error of a statement that it did not wait for.
   * Statements that are sent together travel together, and are performed in their order. Within a transaction it is a savepoint: one at a time.
   * The handle is dead when `work` has ended.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
}

export interface Database extends Sql {
  /** The one connection of this process that holds session locks and hears notices; made when it is first asked for, and anew when it was lost. */
  session(): Promise<Session>
  reachable(): Promise<boolean>
  /** Waits for what runs, then ends every connection. */
  close(): Promise<void>
}
