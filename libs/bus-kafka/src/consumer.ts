import { backOffFor, type BackOff, type BusError, type ReceivedMessage, type Subscription } from '@muster/bus'
import { pause, isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { Consumer, EachBatchPayload } from 'kafkajs'
import { openClient, type Client } from './client.ts'
import { failureOf, noAnswer } from './failure.ts'
import { outageOf } from './outage.ts'
import { receivedFrom } from './received.ts'
import type { KafkaLog, KafkaSettings } from './settings.ts'
import { within } from './wait.ts'

/*
 * Consuming: one membership in the group after another, until the signal aborts.
 *
 * kafkajs ends a membership for many reasons, and for some of them silently for good; so each has a client of its own, and when it ends we begin another.
 * A batch is resolved and committed only after its handler, so what a membership took and did not finish comes again to the next.
 * A partition whose handler threw is paused and its offset left where it is; kafkajs then fetches the others, and this one again when it is resumed. kafkajs
 * fetches the next batches of a broker when all of the last are handled: that bounds what is in memory to one fetch (`maxBytes`, 10 MiB) for each broker.
 */

const MEMBERSHIP: BackOff = { first: 200, longest: 2_000 }
const HANDLER: BackOff = { first: 100, longest: 10_000 }
const LEAVE_WITHIN_MS = 2_000
/** How long a fetch waits for news. Short, because leaving waits for it. */
const FETCH_WAIT_MS = 250
const SESSION_MS = 6_000
const REBALANCE_MS = 60_000
const CONCURRENCY = 8

export async function consumeFrom(settings: KafkaSettings, log: KafkaLog, subscription: Subscription, signal: AbortSignal): Promise<void> {
  const outage = outageOf(`group ${subscription.group}`, log)
  let failures = 0
  while (!signal.aborted) {
    const heard = (answered: BusError | 'answered'): void => {
      if (answered !== 'answered') return outage.failed(answered)
      failures = 0
      outage.over()
    }
    const failure = await takePart(settings, log, subscription, signal, heard)
    if (failure === undefined) return
    failures += 1
    outage.failed(failure)
    await pause(backOffFor(failures, MEMBERSHIP), signal)
  }
}

/** One membership, from joining to its end: why it failed, or nothing if it was told to leave. */
async function takePart(
  settings: KafkaSettings,
  log: KafkaLog,
  subscription: Subscription,
  signal: AbortSignal,
  heard: (answered: BusError | 'answered') => void,
): Promise<BusError | undefined> {
  const client = openClient(settings, log)
  const sessionTimeout = settings.sessionTimeoutMs ?? SESSION_MS
  const heartbeatInterval = Math.floor(sessionTimeout / 5)
  const consumer = client.kafka.consumer({
    groupId: subscription.group,
    sessionTimeout,
    heartbeatInterval,
    rebalanceTimeout: REBALANCE_MS,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    allowAutoTopicCreation: false,
  })
  const handlers = handlersOf(subscription, heartbeatInterval, signal)
  consumer.on(consumer.events.GROUP_JOIN, () => heard('answered'))
  consumer.on(consumer.events.FETCH, () => heard('answered'))
  consumer.on(consumer.events.REQUEST_TIMEOUT, ({ payload }) => heard(noAnswer(payload)))

  const starting = start(consumer, subscription, settings, payload => handlers.eachBatch(payload))
  const failed = new Promise<unknown>(resolve => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error))
    starting.catch(resolve)
  })
  const aborted = Symbol('aborted')
  let tell = (): void => undefined
  const told = new Promise<typeof aborted>(resolve => (tell = () => resolve(aborted)))
  signal.addEventListener('abort', tell)
  if (signal.aborted) tell()

  const end = await Promise.race([failed, told])
  // The signal outlives the membership: nothing of it stays there.
  signal.removeEventListener('abort', tell)
  await handlers.finished()
  await leave(consumer, client, starting, log)
  return end === aborted ? undefined : failureOf(end, `consuming ${subscription.topics.join(', ')}`)
}

async function start(
  consumer: Consumer,
  { topics }: Subscription,
  settings: KafkaSettings,
  eachBatch: (payload: EachBatchPayload) => Promise<void>,
): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [...topics], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: settings.concurrency ?? CONCURRENCY,
    eachBatch,
  })
}

/** In order while the broker answers, so that the others need not wait for our session to end; by closing the connection if it does not. */
async function leave(consumer: Consumer, client: Client, starting: Promise<void>, log: KafkaLog): Promise<void> {
  const inOrder = async (): Promise<void> => {
    // A join that is under way is let through first: the broker would wait for a member that it has and we do not.
    await starting.catch(() => {})
    await consumer.disconnect()
  }
  try {
    await within(LEAVE_WITHIN_MS, 'leaving the group', inOrder())
  } catch (error) {
    log('debug', `the consumer's connection was cut: ${String(error)}`)
  } finally {
    client.destroy()
  }
}

/** Runs the subscription's handler for kafkajs, and knows when none is running. */
function handlersOf(subscription: Subscription, heartbeatInterval: number, signal: AbortSignal) {
  const running = new Set<Promise<boolean>>()
  const resuming = new Set<NodeJS.Timeout>()
  const failures = new Map<string, number>()

  const succeeds = async (batch: NonEmpty<ReceivedMessage>): Promise<boolean> => {
    try {
      await subscription.handle(batch)
      return true
    } catch (error) {
      subscription.onError?.(error)
      return false
    }
  }

  const handle = async (batch: NonEmpty<ReceivedMessage>, payload: EachBatchPayload): Promise<boolean> => {
    // A heartbeat that is refused needs no answer here: the commit is refused for the same reason.
    const beating = setInterval(() => void payload.heartbeat().catch(() => {}), heartbeatInterval)
    const work = succeeds(batch)
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
      clearInterval(beating)
    }
  }

  const comeAgain = (place: string, payload: EachBatchPayload): void => {
    const inARow = (failures.get(place) ?? 0) + 1
    failures.set(place, inARow)
    const resume = payload.pause()
    const timer = setTimeout(
      () => {
        resuming.delete(timer)
        resume()
      },
      backOffFor(inARow, HANDLER),
    )
    resuming.add(timer)
  }

  return {
    async eachBatch(payload: EachBatchPayload): Promise<void> {
      const { topic, partition, messages } = payload.batch
      const batch = messages.map(message => receivedFrom(topic, partition, message))
      if (signal.aborted || !payload.isRunning() || payload.isStale() || !isNonEmpty(batch)) return

      const place = `${topic}/${partition}`
      if (!(await handle(batch, payload))) return comeAgain(place, payload)
      failures.delete(place)
      payload.resolveOffset(messages[messages.length - 1]?.offset ?? batch[0].offset)
      await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets())
    },
    async finished(): Promise<void> {
      await Promise.all(running)
      for (const timer of resuming) clearTimeout(timer)
    },
  }
}
