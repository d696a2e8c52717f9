import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What the host itself measures. Services register their own with METRICS. */
export interface Meters {
  readonly registry: Registry
  readonly append: Histogram<'outcome'>
  readonly command: Histogram<'command' | 'outcome'>
  readonly http: Histogram<'method' | 'route' | 'status'>
  readonly failures: Counter<'part'>
}

const fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function makeMeters(): Meters {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    append: new Histogram({
      name: 'muster_append_seconds',
      help: 'Time until an append to the log was durable.',
      labelNames: ['outcome'],
      buckets: fast,
      registers,
    }),
    command: new Histogram({
      name: 'muster_command_seconds',
      help: 'Time of one command, from its send to its outcome.',
      labelNames: ['command', 'outcome'],
      buckets: fast,
      registers,
    }),
    http: new Histogram({
      name: 'muster_http_request_seconds',
      help: 'Time of one request, from its head to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [...fast, 30, 60],
      registers,
    }),
    failures: new Counter({
      name: 'muster_background_failures_total',
      help: 'What failed behind the door and is tried again: subscriptions, consumers, publications, ticks.',
      labelNames: ['part'],
      registers,
    }),
  }
}
