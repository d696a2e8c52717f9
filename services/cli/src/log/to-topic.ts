import { BusError, toCloudEventMessage, type Message, type MessageBus } from '@muster/bus'
import { canonicalJson, type LogEntry } from '@muster/contracts'
import { isNonEmpty } from '@muster/kernel'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'

/*
 * The log, back into a topic, for those who replay it with their own tools: each event as Muster tells its own, CloudEvents in binary mode,
 * the partition key as key, the data to the byte. What is said to be sent was accepted by the brokers. Sent again it has the same id, so that
 * whoever begins again behind an older position repeats, and loses nothing.
 */

export interface Sent {
  readonly topic: string
  readonly events: number
  /** Of the last event that is in the topic: `--from` goes on behind it. */
  readonly position: number
}

const batchSize = 500
const batchBytes = 4 * 1024 * 1024

export async function sendToTopic(
  bus: MessageBus,
  topic: string,
  /** `pause`: nothing more comes for now, so what is in hand is sent. */
  entries: AsyncIterable<LogEntry | 'pause'>,
  from: number,
  onSent: (sent: Sent) => void,
): Promise<Sent> {
  let sent: Sent = { topic, events: 0, position: from }
  let batch: Message[] = []
  let bytes = 0
  let position = from
  const flush = async (): Promise<void> => {
    if (!isNonEmpty(batch)) return
    await bus.publish(topic, batch)
    sent = { topic, events: sent.events + batch.length, position }
    batch = []
    bytes = 0
    onSent(sent)
  }
  try {
    for await (const entry of entries) {
      if (entry === 'pause') {
        await flush()
        continue
      }
      const message = messageOf(entry)
      batch.push(message)
      bytes += message.value?.byteLength ?? 0
      position = entry.position
      if (batch.length === batchSize || bytes >= batchBytes) await flush()
    }
    await flush()
    return sent
  } catch (error) {
    const next = `the last position in ${topic} is ${sent.position}: go on with --from ${sent.position}`
    if (error instanceof BusError && error.problem === 'unknown-topic') throw usage(`there is no topic ${topic}: make it first`)
    if (error instanceof BusError) throw new Failure(`${error.message}; ${next}`, exit.unreachable, { cause: error })
    if (error instanceof Failure) throw new Failure(`${error.message}; ${next}`, error.exitCode, { cause: error })
    throw error
  }
}

function messageOf({ context: { specversion: _, ...context }, data, position, recordedtime }: LogEntry): Message {
  return toCloudEventMessage(context, canonicalJson(data), { position, recordedtime })
}
