export interface RunningKafka {
  /** `host:port`, on loopback. */
  readonly brokers: [string]
  /** Of the Java process: tests freeze and kill it. */
  readonly pid: number
  /** Settles when the process has ended, whoever ended it. */
  readonly exited: Promise<unknown>
  /** In order: what was acknowledged is on disk. Removes a temporary data folder. */
  stop(): Promise<void>
  /** SIGKILL, as a crash would. */
  kill(): void
}

export interface KafkaOptions {
  /** A free one if 0 or absent. */
  readonly port?: number
  /** A temporary folder if absent. */
  readonly dataDir?: string
  readonly version?: string
  /** For more than a test, such as a bench: Java then takes twice the processor time to start, to be faster later. */
  readonly longLived?: boolean
  /** Hears what takes long: the first fetch of the jars. */
  readonly log?: (line: string) => void
}

/** Resolves when the broker takes requests. */
export function startKafka(options?: KafkaOptions): Promise<RunningKafka>

/** Why Kafka cannot run on this machine, in one sentence, or undefined if it can. */
export function kafkaMissing(version?: string): string | undefined
