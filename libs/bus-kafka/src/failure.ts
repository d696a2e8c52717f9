import { BusError, type BusProblem } from '@muster/bus'

/*
 * What a failure of kafkajs means to us. It wraps the broker's answer several times, and a request for many topics fails with many answers.
 * All that is not known to be an answer for ever is taken as an outage, which is waited out.
 */

const FOR_EVER: ReadonlyMap<string, BusProblem> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', 'unknown-topic'],
  ['INVALID_TOPIC_EXCEPTION', 'refused'],
  ['MESSAGE_TOO_LARGE', 'refused'],
  ['RECORD_LIST_TOO_LARGE', 'refused'],
  ['INVALID_RECORD', 'refused'],
  ['INVALID_TIMESTAMP', 'refused'],
  ['TOPIC_AUTHORIZATION_FAILED', 'refused'],
  ['GROUP_AUTHORIZATION_FAILED', 'refused'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'refused'],
  ['INVALID_PARTITIONS', 'refused'],
  ['INVALID_REPLICATION_FACTOR', 'refused'],
  ['INVALID_CONFIG', 'refused'],
  ['POLICY_VIOLATION', 'refused'],
])

/** The failure as the port tells it; `doing` names what was tried. */
export function failureOf(error: unknown, doing: string): BusError {
  if (error instanceof BusError) return error
  for (const answer of answersOf(error)) {
    const problem = FOR_EVER.get(answer)
    if (problem !== undefined) return new BusError(problem, `${doing}: ${answer}`, { cause: error })
  }
  return new BusError('unreachable', `${doing}: ${errorsIn(error).at(-1)?.message ?? String(error)}`, { cause: error })
}

/** What kafkajs tells of a request that it gave up, before it tries again. */
export function noAnswer({ broker, apiName, sentAt }: { broker: string; apiName: string; sentAt: number }): BusError {
  return new BusError('unreachable', `${broker} did not answer ${apiName} within ${Math.round((Date.now() - sentAt) / 1000)} s`)
}

/** What brokers answered, by Kafka's names: `MESSAGE_TOO_LARGE`. */
export function answersOf(error: unknown): readonly string[] {
  return errorsIn(error).flatMap(found => ('type' in found && typeof found.type === 'string' ? [found.type] : []))
}

/** Outermost first. The depth is bounded, since an error may name itself as its cause. */
function errorsIn(error: unknown, depth = 0): readonly Error[] {
  if (!(error instanceof Error) || depth > 8) return []
  const inner: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? [...error.errors, error.cause] : [error.cause]
  return [error, ...inner.flatMap(cause => errorsIn(cause, depth + 1))]
}
