import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@muster/embedded-postgres'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { askerOf } from '../../../infra/test/callers.ts'
import { embeddedDatabase } from './embedded-database.ts'
import { good, intent, modelEvidence, unfair, versionEvidence, weak, type CloudEvent } from './evidence.ts'
import { identityFile } from './identity.ts'
import { connectKafka, structured, type KafkaClient } from './kafka.client.ts'
import { eventsOf, expectSound, openLog } from './memory.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'
import { fsckFromOutside } from './outside.ts'

/*
 * Real processes, really killed, with work in flight at every step of the path: taken from Kafka and not yet recorded, recorded and its
 * offset not yet committed, decided and the cursor not yet moved, published and the cursor not yet moved. Then everything is derived again
 * from the log: nothing may be lost, nothing may be there twice.
 */

const brokers = inject('kafkaBrokers')
const waves = ['muster', 'database', 'muster', 'both', 'database', 'muster'] as const
const intentsPerWave = 60

describe.skipIf(brokers === '')('Muster, killed again and again', () => {
  const run = randomBytes(4).toString('hex')
  const model = `kill-${run}`
  const expected = { '1': 'blocked', '2': 'approval-required', '3': 'cleared' } as const
  const versions = Object.keys(expected) as (keyof typeof expected)[]
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-kill-'))
  chmodSync(dataDir, 0o755)
  const env = { MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: '0', MUSTER_KAFKA_BROKERS: brokers, MUSTER_IDENTITY_FILE: identityFile() }
  let kafka: KafkaClient
  let muster: MusterProcess | undefined

  afterAll(async () => {
    await muster?.stop()
    await kafka?.close()
  })

  it('loses nothing, repeats nothing, and decides everything as the log says', { timeout: 420_000 }, async () => {
    muster = await startMuster({ env })
    await agreeToPolicies(muster.url)
    kafka = await connectKafka(brokers, run)
    await send([
      ...modelEvidence(model),
      ...versionEvidence(model, '1', unfair),
      ...versionEvidence(model, '2', weak),
      ...versionEvidence(model, '3', good),
    ])

    const ids: string[] = []
    for (const [wave, victim] of waves.entries()) {
      const intents = Array.from({ length: intentsPerWave }, (_, index) => {
        const id = `${model}-${wave}-${index}`
        ids.push(id)
        return intent(id, model, versions[index % versions.length] ?? '1')
      })
      const sending = send(intents)
      // The moment varies with the wave, so that each kill finds other work in flight.
      await recordedBehind(wave * 7)
      if (victim !== 'database') await muster.kill()
      if (victim !== 'muster') process.kill(embeddedDatabase(muster).pid, 'SIGKILL')
      await sending
      if (victim !== 'database') muster = await startMuster({ env })
    }

    const ask = askerOf(muster.url)
    await eventually(
      async () => {
        const { body } = await ask.get('ana', `/v1/deployments/${ids.at(-1)}`)
        return body.status in { blocked: 1, cleared: 1, 'approval-required': 1 } ? true : undefined
      },
      'the last intent to be decided',
      120,
    )
    const signed = ids.filter((_, index) => index % 3 === 1).slice(0, 5)
    for (const id of signed) {
      const approval = await eventually(async () => {
        const { status, body } = await ask.get('ana', `/v1/approvals/${id}.1`)
        return status === 200 ? body : undefined
      }, `the approval of ${id}`)
      const signature = { verdict: 'approve', role: 'model-risk', digest: approval.digest, reason: 'The evidence was read.' }
      expect((await ask.post('ana', `/v1/approvals/${id}.1/signatures`, signature)).status).toBe(201)
    }
    const stands = new Map(
      ids.map((id, index) => [id, signed.includes(id) ? 'cleared' : expected[versions[(index % intentsPerWave) % 3] ?? '1']]),
    )
    await eventually(
      async () => {
        const { body } = await ask.get('ana', `/v1/deployments?model=${model}&limit=500`)
        const statuses = new Map(body.items.map(({ id, status }: { id: string; status: string }) => [id, status]))
        return ids.every(id => statuses.get(id) === stands.get(id)) ? true : undefined
      },
      'the list to show what the log says',
      60,
    )
    await expectSound(embeddedDatabase(muster).url, kafka)
    // It was sealed and signed all the while: every event is one leaf, and every checkpoint that was ever signed is a beginning of the log.
    const { verdict, findings, checked } = await fsckFromOutside(muster.url)
    expect([verdict, findings]).toEqual(['whole', []])
    expect(checked).toContain('ledger')
    await muster.kill()
    muster = undefined

    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    const store = await openLog(database.url)
    try {
      const declared: string[] = []
      const decided: string[] = []
      for await (const { event, context } of eventsOf(store)) {
        if (event.type === 'intent.declared') declared.push(context.subject)
        if (event.type === 'deployment.opened') decided.push(context.subject)
      }
      expect(declared.toSorted()).toEqual(ids.toSorted())
      expect(decided.toSorted()).toEqual(ids.toSorted())
    } finally {
      await store.close()
      await database.stop()
    }
  })

  const send = (events: readonly CloudEvent[]): Promise<void> => kafka.send(...events.map(event => ({ ...structured(event), key: model })))

  /** Until Muster has recorded something of this wave, and a little more. */
  async function recordedBehind(milliseconds: number): Promise<void> {
    const ask = askerOf(muster?.url ?? '')
    const before = (await ask.get('ana', `/v1/deployments?model=${model}&limit=1`).catch(() => undefined))?.body.items?.[0]?.id
    const until = Date.now() + milliseconds
    await eventually(
      async () => {
        const { body } = await ask.get('ana', `/v1/deployments?model=${model}&limit=1`)
        return (body.items[0]?.id !== before || before === undefined) && Date.now() >= until ? true : undefined
      },
      'something to be in flight',
      30,
    )
  }
})
