import { setTimeout as pause } from 'node:timers/promises'
import { askerOf } from '../../infra/test/callers.ts'
import { percentile } from '../statistics.ts'
import { endpointOf, modelOf } from './seed.ts'
import type { Services } from './services.ts'

/* What is seen from outside: how long an intent takes until its decision is here, and how often the service has checked for what. */

export interface Latency {
  readonly p50: number
  readonly p99: number
  readonly intents: number
}

export interface Rate {
  readonly perSecond: number
  /** No more than this many at once: a service that falls behind is not buried. */
  readonly atOnce: number
}

const names = { next: 0 }

/** Declares intents at a steady rate until `done`, and waits for the decision of each. In milliseconds, from the sending to the answer. */
export async function latencyWhile(services: Services, { perSecond, atOnce }: Rate, done: () => boolean): Promise<Latency> {
  const latencies: number[] = []
  const sending = new Set<Promise<void>>()
  const started = performance.now()
  for (let sent = 0; !done();) {
    if (performance.now() - started < (sent / perSecond) * 1_000 || sending.size >= atOnce) {
      await pause(2)
      continue
    }
    sent += 1
    const one = (async () => {
      latencies.push(await declare(services))
    })()
    void one.then(
      () => sending.delete(one),
      () => undefined,
    )
    sending.add(one)
  }
  await Promise.race([Promise.all(sending), services.crashed])
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), intents: latencies.length }
}

/** A new intent for an endpoint where something runs already. */
async function declare({ lifecycle }: Services): Promise<number> {
  const deployment = names.next
  names.next += 1
  const began = performance.now()
  const { status, body } = await askerOf(lifecycle).post(
    'ci',
    '/v1/intents',
    {
      id: `new-${deployment}`,
      model: modelOf(deployment),
      version: '1',
      environment: 'production',
      endpoint: endpointOf(deployment),
      requestedBy: 'rita@example.org',
    },
    { prefer: 'wait=60' },
  )
  if (status !== 200 || body.status !== 'cleared') throw new Error(`an intent was answered ${status} ${JSON.stringify(body)}`)
  return performance.now() - began
}

/** How many deployments were checked so far, since a change concerned them. */
export async function checkedForChanges({ deployments }: Services): Promise<number> {
  const text = await (await fetch(`${deployments}/metrics`)).text()
  return Number(/^muster_deployment_checks_total\{for="change"\} (\d+)/m.exec(text)?.[1] ?? 0)
}
