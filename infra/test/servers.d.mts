type Log = (line: string) => void

export function startPostgres(log: Log, signal?: AbortSignal): Promise<{ readonly databaseUrl: string; stop(): Promise<void> }>

export function startKafkaIfPossible(log: Log): Promise<{ readonly kafkaBrokers: string; readonly missing?: string; stop(): Promise<void> }>
