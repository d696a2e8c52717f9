import { BusError, memoryBus, type MessageBus } from '@muster/bus'
import { collector } from '@muster/bus/testing'
import type { LogEntry } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { entryAt } from '../testing/entries.ts'
import { cloudEventOf } from './cloudevent.ts'
import { sendToTopic, type Sent } from './to-topic.ts'

async function* of(...entries: (LogEntry | 'pause')[]): AsyncGenerator<LogEntry | 'pause'> {
  yield* entries
}
const many = Array.from({ length: 1_200 }, (_, index) => entryAt(index + 1))

describe('The log, sent back to a topic', () => {
  it('arrives whole, in order, under its key and its ids, with its place in the log', async () => {
    const bus = memoryBus()
    await bus.ensureTopics([{ name: 'replay', partitions: 3 }])
    const heard = collector(bus, 'test', ['replay'])
    const told: Sent[] = []
    const sent = await sendToTopic(bus, 'replay', of(...many), 0, one => told.push(one))
    expect(sent).toEqual({ topic: 'replay', events: 1_200, position: 1_200 })
    expect(told.map(({ position }) => position)).toEqual([500, 1_000, 1_200])
    await expect.poll(() => heard.messages().length).toBe(1_200)
    expect(heard.messages().map(({ headers }) => headers['ce_position'])).toEqual(many.map(({ position }) => String(position)))
    const [first] = heard.messages()
    expect(first).toMatchObject({
      key: 'credit',
      headers: { ce_id: 'sent-1', ce_type: 'dev.muster.model.owner-assigned.v1', ce_recordedtime: '2026-11-01T00:00:00.000Z' },
    })
    expect(new TextDecoder().decode(first?.value ?? new Uint8Array())).toBe('{"owner":"group:1"}')
    await heard.stop()
    await bus.close()
  })

  it('is sent at once where nothing more comes for now', async () => {
    const bus = memoryBus()
    await bus.ensureTopics([{ name: 'replay', partitions: 1 }])
    const told: Sent[] = []
    await sendToTopic(bus, 'replay', of(entryAt(1), 'pause', 'pause', entryAt(2)), 0, one => told.push(one))
    expect(told.map(({ position }) => position)).toEqual([1, 2])
    await bus.close()
  })

  it('says, when it ends early, behind which position it goes on: nothing after that was sent for sure', async () => {
    const bus = memoryBus()
    await bus.ensureTopics([{ name: 'replay', partitions: 1 }])
    let batches = 0
    const failing: MessageBus = {
      ...bus,
      publish: async (topic, messages) => {
        batches += 1
        if (batches > 1) throw new BusError('refused', 'the broker has had enough')
        await bus.publish(topic, messages)
      },
    }
    await expect(sendToTopic(failing, 'replay', of(...many), 0, () => undefined)).rejects.toMatchObject({
      exitCode: 5,
      message: 'the broker has had enough; the last position in replay is 500: go on with --from 500',
    })
    await expect(sendToTopic(bus, 'other', of(entryAt(1)), 0, () => undefined)).rejects.toMatchObject({ exitCode: 2 })
    await bus.close()
  })
})

describe('An event of the log as CloudEvents', () => {
  it('has every attribute as it was recorded, its place as extensions, and names that the standard allows', () => {
    const event = cloudEventOf(entryAt(7, { context: { ...entryAt(7).context, authid: 'ana', authtype: 'user' } }))
    expect(event).toMatchObject({
      specversion: '1.0',
      id: 'sent-7',
      datacontenttype: 'application/json',
      position: '7',
      revision: '6',
      stream: 'model-credit',
      authid: 'ana',
      data: { owner: 'group:7' },
    })
    for (const [name, value] of Object.entries(event)) {
      expect(name).toMatch(/^[a-z0-9]{1,20}$/)
      if (name !== 'data') expect(typeof value).toBe('string')
    }
  })
})
