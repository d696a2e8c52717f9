import { randomUUID } from 'node:crypto'
import { BusError, type MessageBus } from '@muster/bus'
import type { ToldTopic } from '@muster/audit'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import type { Heard } from './fsck.ts'

/*
 * What the topics hold, from the oldest message that is still there. A group of its own reads each of them, so that nobody else's place is
 * moved; it is kept open until the end, for what is told meanwhile.
 */

interface Topic {
  readonly messages: { readonly key: string; readonly id: string }[]
  readonly firstOffsets: Map<number, bigint>
}

export interface HeardTopics extends Heard {
  close(): Promise<void>
}

const patience = 300

export function hearTopics(bus: MessageBus, { sleep, tell }: Pick<Terminal, 'sleep' | 'tell'>): HeardTopics {
  const leaving = new AbortController()
  const reading = new Map<ToldTopic, { readonly topic: Topic; readonly group: string; readonly consuming: Promise<void> }>()

  const read = (name: ToldTopic) => {
    const known = reading.get(name)
    if (known !== undefined) return known
    const topic: Topic = { messages: [], firstOffsets: new Map() }
    const group = `muster-fsck-${randomUUID()}`
    const consuming = bus.consume(
      {
        group,
        topics: [name],
        handle: async batch => {
          for (const { key, headers, partition, offset } of batch) {
            if (!topic.firstOffsets.has(partition)) topic.firstOffsets.set(partition, BigInt(offset))
            topic.messages.push({ key: key ?? '', id: headers['ce_id'] ?? '' })
          }
        },
        onError: error => tell(`${name} is read again: ${error instanceof Error ? error.message : String(error)}`),
      },
      leaving.signal,
    )
    const started = { topic, group, consuming }
    reading.set(name, started)
    return started
  }

  return {
    async messages(name) {
      try {
        // Before a reader is started that would wait for ever for a topic that is not there.
        await bus.lag(`muster-fsck-${randomUUID()}`, [name])
        const { topic, group } = read(name)
        for (let behind = Infinity, tries = 0; behind > 0; tries += 1) {
          if (tries === patience) throw new Failure('it could not be read to its end in time', exit.pending)
          if (tries > 0) await sleep(200)
          behind = (await bus.lag(group, [name])).reduce((sum, one) => sum + one.behind, 0)
        }
        return { messages: topic.messages, cut: [...topic.firstOffsets.values()].some(offset => offset > 0n) }
      } catch (error) {
        if (error instanceof BusError) throw new Failure(error.message, exit.pending, { cause: error })
        throw error
      }
    },
    async close() {
      leaving.abort()
      await Promise.allSettled([...reading.values()].map(({ consuming }) => consuming))
      await bus.close()
    },
  }
}
