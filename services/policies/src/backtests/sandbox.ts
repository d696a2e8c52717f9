import type { EventStore } from '@muster/event-store'

/** The log as a backtest sees it: there is nothing here to write with. */
export type LogReader = Pick<EventStore, 'read' | 'readLog' | 'head' | 'cursorAt'>

export const readerOf = (store: EventStore): LogReader => ({
  read: (streams, range) => store.read(streams, range),
  readLog: (after, filter, limit) => store.readLog(after, filter, limit),
  head: () => store.head(),
  cursorAt: position => store.cursorAt(position),
})
