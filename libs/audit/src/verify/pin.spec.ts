import { describe, expect, it } from 'vitest'
import { bundleOf, ledgerOf, log, nextLog, sha256, trust, verified } from '../testing/ledger.ts'
import { tour } from '../testing/tour.ts'
import { readPin, writePin, type Pin } from './pin.ts'

const keys = [
  { key: log.key, from: 0, through: 40 },
  { key: nextLog.key, from: 30 },
] as const
const both = { signers: [log, nextLog] as const, keys }
const before = ledgerOf(tour.slice(0, 25), { keys: [{ key: log.key, from: 0 }] })
const after = ledgerOf(tour, both)

async function pinOf(source: typeof after): Promise<Pin> {
  const files = await bundleOf(source)
  const notes = JSON.parse(files.get('checkpoints.json') ?? '') as string[]
  const read = readPin(sha256, JSON.stringify({ checkpoint: notes.at(-1), keys: JSON.parse(files.get('keys.json') ?? '') }))
  if (!read.ok) throw new Error(read.message)
  return read.value
}

describe('What was pinned', () => {
  it('is read as it was written', async () => {
    const pin = await pinOf(after)
    expect(readPin(sha256, writePin(pin))).toEqual({ ok: true, value: pin })
  })

  it('may be a bare checkpoint, and nothing else', async () => {
    const { note, checkpoint } = await pinOf(after)
    expect(readPin(sha256, note)).toEqual({ ok: true, value: { note, checkpoint } })
    for (const other of ['', '{}', '{"checkpoint":7}', '[', note.slice(0, -1), '{"checkpoint":"x"}'])
      expect(readPin(sha256, other).ok).toBe(false)
  })

  it('takes a log whose keys followed one another since', async () =>
    expect(await verified(await bundleOf(after), { pin: await pinOf(before) })).toMatchObject({ verdict: 'whole' }))

  it('says of an older bundle that something is missing, and not that its keys were changed', async () => {
    const report = await verified(await bundleOf(before), { pin: await pinOf(after) })
    expect(report).toMatchObject({ verdict: 'incomplete', found: 1 })
  })

  it('lets a part of the log be compared where that was asked for', async () => {
    const pin = await pinOf(before)
    const scope = { kind: 'range', from: 40, to: 50 } as const
    expect(await verified(await bundleOf(after, scope), { pin, pinIs: 'named' })).toMatchObject({ verdict: 'incomplete' })
    expect(await verified(await bundleOf(after, scope), { pin, pinIs: 'remembered' })).toMatchObject({ verdict: 'whole' })
    expect(await verified(await bundleOf(after, scope, 25), { pin, pinIs: 'named' })).toMatchObject({ verdict: 'whole' })
    const other = await pinOf(ledgerOf(tour.slice(1, 26)))
    expect(await verified(await bundleOf(after, scope, 25), { pin: other, pinIs: 'named' })).toMatchObject({ verdict: 'tampered' })
  })

  it('stands beside trusted keys, which are asked first', async () =>
    expect((await verified(await bundleOf(after), { trust, pin: await pinOf(after) })).findings[0]?.message).toContain(
      'not among those that are trusted',
    ))
})
