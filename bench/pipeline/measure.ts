import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../statistics.ts'
import type { Client, Heard } from './client.ts'
import type { Contender } from './contender.ts'
import type { Question } from './workload.ts'

/* The two phases. In both every decision is compared with the one that is right, so that neither is fast by deciding something else. */

const withinMs = 300_000
/** Messages of one request to the broker in the throughput phase. */
const chunk = 500
/** How often the latency phase sends what is due. */
const beatMs = 10

export interface Latency {
  readonly p50: number
  readonly p99: number
}

/** Intents per second, from the first that is sent to the last decision that is here; all are sent as fast as the brokers take them. */
export async function throughputOf(client: Client, { topics, crashed }: Contender, questions: readonly Question[]): Promise<number> {
  const all = client.decisionsOn(topics.decisions, questions, withinMs)
  const started = performance.now()
  for (let from = 0; from < questions.length; from += chunk) {
    const messages = questions.slice(from, from + chunk).map(({ message }) => message)
    await Promise.race([client.send(topics.lifecycle, messages), crashed])
  }
  const decisions = await Promise.race([all, crashed])
  compare(questions, decisions)
  const last = questions.reduce((latest, { id }) => Math.max(latest, decisions.get(id)?.at ?? 0), 0)
  return questions.length / ((last - started) / 1_000)
}

/** From sending an intent to hearing its decision, in milliseconds, at a steady rate of intents per second. */
export async function latencyOf(
  client: Client,
  { topics, crashed }: Contender,
  questions: readonly Question[],
  rate: number,
): Promise<Latency> {
  const all = client.decisionsOn(topics.decisions, questions, withinMs)
  const sentAt = new Map<string, number>()
  const sending: Promise<void>[] = []
  const started = performance.now()
  for (let next = 0; next < questions.length; await pause(beatMs)) {
    const now = performance.now()
    const due = questions.slice(next, Math.ceil(((now - started) / 1_000) * rate))
    next += due.length
    for (const { id } of due) sentAt.set(id, now)
    if (due.length > 0)
      sending.push(
        client.send(
          topics.lifecycle,
          due.map(({ message }) => message),
        ),
      )
  }
  await Promise.race([Promise.all(sending), crashed])
  const decisions = await Promise.race([all, crashed])
  compare(questions, decisions)
  const latencies = questions.map(({ id }) => (decisions.get(id)?.at ?? Number.NaN) - (sentAt.get(id) ?? Number.NaN))
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}

function compare(questions: readonly Question[], decisions: ReadonlyMap<string, Heard>): void {
  const wrong = questions.filter(({ id, expected }) => decisions.get(id)?.status !== expected)
  const [first] = wrong
  if (first === undefined) return
  const found = decisions.get(first.id)?.status
  throw new Error(`${wrong.length} of ${questions.length} decisions are wrong: ${first.id} is ${found}, not ${first.expected}`)
}
