import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { eventually } from '../../../infra/test/eventually.ts'
import { askerOf, type Answer } from '../../../infra/test/callers.ts'
import { digestOf, good, intent, modelEvidence, rollout, unfair, versionEvidence, weak, type CloudEvent } from './evidence.ts'

/*
 * The main job, as users see it at the door. The same suite runs against the embedded default and against a process for each service
 * behind the proxy: nothing in it knows which. Left out where something is missing that it needs.
 */
export function acceptance(name: string, start: () => Promise<{ readonly url: string }>, missing?: string): void {
  describe.skipIf(missing !== undefined)(`Muster, ${name}${missing === undefined ? '' : ` (${missing})`}`, () => {
    const model = `credit-${randomBytes(4).toString('hex')}`
    let ask: ReturnType<typeof askerOf>
    let url: string

    const publish = (...events: CloudEvent[]): Promise<Answer> => ask.post('ci', '/v1/events', events)
    const gate = (id: string, version: string, requestedBy = 'rita@example.org'): Promise<Answer> =>
      ask.post(
        'ci',
        '/v1/intents',
        { id, model, version, environment: 'production', endpoint: `${model}-desk`, requestedBy },
        { prefer: 'wait=20' },
      )
    const deployment = async (id: string, status: string) =>
      eventually(async () => {
        const { body } = await ask.get('ana', `/v1/deployments/${id}`)
        return body.status === status ? body : undefined
      }, `deployment ${id} to be ${status}`)

    beforeAll(async () => {
      ;({ url } = await start())
      ask = askerOf(url)
      const { status, body } = await publish(
        ...modelEvidence(model),
        ...versionEvidence(model, '1', unfair),
        ...versionEvidence(model, '2', weak),
        ...versionEvidence(model, '3', good),
      )
      expect({ status, refused: status < 300 ? [] : body }).toEqual({ status: 202, refused: [] })
    })

    it('clears a version that meets every policy, and says so at once', async () => {
      const { status, body } = await gate(`${model}-a`, '3')
      expect({ status, body }).toMatchObject({ status: 200, body: { id: `${model}-a`, status: 'cleared' } })
      const { body: view } = await ask.get('ana', `/v1/deployments/${model}-a`)
      expect(view.target).toMatchObject({ model, version: '3', environment: 'production', artifact: digestOf(`${model}@3`) })
    })

    it('blocks a version that does not, with the rule and the value that decided', async () => {
      const { body } = await gate(`${model}-b`, '1')
      expect(body.status).toBe('blocked')
      const { body: view } = await ask.get('ana', `/v1/deployments/${model}-b`)
      expect(view.explanation.join('\n')).toContain('evaluation.fairness.disparateImpact = 0.51')
      expect(view.remediation.length).toBeGreaterThan(0)
    })

    it('gives the same answer to a job that asks again, and records nothing', async () => {
      const { body: before } = await ask.get('ana', `/v1/deployments/${model}-b`)
      const { body } = await gate(`${model}-b`, '1')
      expect(body.status).toBe('blocked')
      expect((await ask.get('ana', `/v1/deployments/${model}-b`)).body.position).toBe(before.position)
    })

    it('refuses another question under the same id', async () => {
      expect((await gate(`${model}-b`, '3')).status).toBe(409)
    })

    it('asks people where a rule asks, refuses who did the work on the record, and clears by the signature of somebody else', async () => {
      const id = `${model}-c`
      const { body } = await gate(id, '2')
      expect(body).toMatchObject({ status: 'approval-required', approvalId: `${id}.1` })
      const approval = await eventually(async () => {
        const answer = await ask.get('ana', `/v1/approvals/${id}.1`)
        return answer.status === 200 ? answer.body : undefined
      }, 'the approval to be open')
      expect(approval.excluded.map((exclusion: { person: string }) => exclusion.person)).toEqual(['rita', 'tom'])
      const signature = { verdict: 'approve', role: 'model-risk', digest: approval.digest, reason: 'The evidence was read.' }
      const sign = (as: string) => ask.post(as, `/v1/approvals/${id}.1/signatures`, signature)

      expect((await sign('rita')).status).toBe(403)
      expect((await ask.get('ana', `/v1/approvals/${id}.1`)).body.refusals).toMatchObject([{ by: 'rita', role: 'model-risk' }])
      expect((await ask.post('ana', `/v1/approvals/${id}.1/signatures`, { ...signature, digest: digestOf('something else') })).status).toBe(
        409,
      )
      const { status, position } = await sign('ana')
      expect(status).toBe(201)
      expect((await sign('ana')).status).toBe(200)
      expect((await deployment(id, 'cleared')).approvalId).toBe(`${id}.1`)
      const after = await ask.get('ana', `/v1/approvals?status=granted&after=${position}`)
      expect(after.body.items.map((item: { id: string }) => item.id)).toContain(`${id}.1`)
    })

    it('lets an intent wait that came before its version, and decides by itself', async () => {
      const id = `${model}-d`
      await publish(intent(id, model, '4'))
      expect((await deployment(id, 'waiting')).missing).toContain(`version-${model}@4`)
      await publish(...versionEvidence(model, '4', good))
      await deployment(id, 'cleared')
    })

    it('finds what runs without a clearance, raises an alert, and ends both when it is gone', async () => {
      await publish(rollout(`${model}-r3`, 'observed', model, '3'), rollout(`${model}-r1`, 'observed', model, '1'))
      const found = async (open: boolean) =>
        eventually(
          async () => {
            const { body } = await ask.get('ana', `/v1/violations?environment=production&endpoint=${model}-desk&open=${open}`)
            return body.items.length > 0 ? body.items : undefined
          },
          `a violation that is ${open ? 'open' : 'over'}`,
        )
      expect(await found(true)).toMatchObject([{ kind: 'no-clearance', running: { model, version: '1' } }])
      const alerts = async (status: string) =>
        eventually(async () => {
          const { body } = await ask.get('ana', `/v1/alerts?kind=violation-found&model=${model}&status=${status}`)
          return body.items.length > 0 ? body.items : undefined
        }, `an alert that is ${status}`)
      expect(await alerts('open')).toMatchObject([{ severity: 'critical', version: '1', datasets: [`${model}-train`, `${model}-holdout`] }])
      await publish(rollout(`${model}-r1-ended`, 'ended', model, '1'))
      await found(false)
      await alerts('resolved')
    })

    it('takes a batch whole or not at all, and names the field that is wrong', async () => {
      const [first] = versionEvidence(model, '9', good)
      const bad = { ...versionEvidence(model, '8', good)[0], data: { artifact: { digest: 'md5:1' } } }
      const answer = await ask.post('ci', '/v1/events', [first, bad])
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body)).toContain('/data/artifact/digest')
      expect((await ask.get('ana', `/v1/log?stream=version-${model}@9`)).body.items).toEqual([])
    })

    it('shows how a deployment stood at an earlier position', async () => {
      const { body } = await ask.get('ana', `/v1/deployments/${model}-c`)
      const asked = body.history.find(({ type }: { type: string }) => type === 'deployment.approval-required')
      expect((await ask.get('ana', `/v1/deployments/${model}-c?asOf=${asked.position}`)).body.status).toBe('approval-required')
    })

    it('tries a question without recording it', async () => {
      const before = (await ask.get('ana', `/v1/log?model=${model}&limit=1000`)).body.items.length
      const question = { model, version: '1', environment: 'production', endpoint: `${model}-desk`, requestedBy: 'rita@example.org' }
      expect((await ask.post('ci', '/v1/deployments/dry-runs', question)).body).toMatchObject({ verdict: 'blocked' })
      expect((await ask.get('ana', `/v1/log?model=${model}&limit=1000`)).body.items.length).toBe(before)
    })

    it('streams the log from where a client stood, in order and without a gap', async () => {
      const { body } = await ask.get('ana', `/v1/log?model=${model}&category=deployment&limit=1000`)
      const positions = body.items.map(({ position }: { position: number }) => position)
      const from = positions[2]
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream?after=${from}&category=deployment&model=${model}`, {
        headers: { authorization: 'Bearer token-of-ana' },
      })
      const seen: number[] = []
      socket.on('message', data => seen.push(JSON.parse((data as Buffer).toString()).position))
      await eventually(async () => (seen.length >= positions.length - 3 ? true : undefined), 'the stream to catch up')
      socket.close()
      expect(seen).toEqual(positions.slice(3))
    })

    it('lets nobody in without a token', async () => {
      expect((await fetch(`${url}/v1/deployments`)).status).toBe(401)
      expect((await ask.post('ana', '/v1/events', modelEvidence('other'))).status).toBe(403)
      expect((await fetch(`${url}/health/live`)).status).toBe(200)
    })
  })
}
