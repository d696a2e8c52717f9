import { memoryBus, type MessageBus } from '@muster/bus'
import { describe, expect, it } from 'vitest'
import { fakeTerminal } from '../testing/terminal.ts'
import { hearTopics } from './topics.ts'

const message = (id: string) => ({ key: 'credit', value: new Uint8Array(), headers: { ce_id: id } })

async function withBus(run: (bus: MessageBus) => Promise<void>): Promise<void> {
  const bus = memoryBus()
  await bus.ensureTopics([{ name: 'muster.decisions', partitions: 3 }])
  await run(bus)
  await bus.close()
}

describe('What a topic was told', () => {
  it('is heard from the beginning to the end, and what comes later at the next look', () =>
    withBus(async bus => {
      await bus.publish('muster.decisions', [message('a'), message('b')])
      const heard = hearTopics(bus, fakeTerminal())
      expect(await heard.messages('muster.decisions')).toMatchObject({ messages: [{ id: 'a' }, { id: 'b' }], cut: false })
      await bus.publish('muster.decisions', [message('c')])
      expect((await heard.messages('muster.decisions')).messages.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      await heard.close()
    }))

  it('cannot be said of a topic that is not there', () =>
    withBus(async bus => {
      const heard = hearTopics(bus, fakeTerminal())
      await expect(heard.messages('muster.alerts')).rejects.toMatchObject({ exitCode: 3 })
      await heard.close()
    }))
})
