export async function makeReaders(_: unknown) {
  return {
    sql: {} as never,
    caughtUp: async () => true,
    prepare: async (_: unknown) => undefined,
    start: (_: unknown, __: unknown) => undefined,
    publish: async () => undefined,
    exclusively: async (_: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => work(signal),
    close: async () => undefined,
  }
}
