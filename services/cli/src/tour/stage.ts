import type { DeploymentView, IntentAnswer, LogEntry, Page, ViolationView } from '@muster/contracts'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { publish, type Published } from '../publish/publish.ts'
import type { Terminal } from '../terminal.ts'
import type { ExampleEvent } from './example.ts'

/* What the steps of the tour are made of: to publish, to declare, to wait for what follows, and to end when it is otherwise. */

export interface Cast {
  /** The pipeline, who asks, and who agrees. */
  readonly ci: Client
  readonly rita: Client
  readonly ana: Client
}

export interface Stage {
  readonly cast: Cast
  readonly terminal: Pick<Terminal, 'now' | 'sleep'>
  readonly say: (title: string, sentences: readonly string[]) => void
}

export interface Declared {
  readonly view: DeploymentView
  readonly published: Published
}

/** Publishes the intent as the pipeline would, waits for the decision at the server, and reads why. @throws Failure when it is another. */
export async function declare(
  { cast }: Stage,
  intent: ExampleEvent,
  ...expected: readonly [IntentAnswer['status'], ...IntentAnswer['status'][]]
): Promise<Declared> {
  const published = await send(cast.ci, [intent])
  const id = intent.subject
  const options = { headers: { prefer: 'wait=20' }, timeoutMs: 40_000 }
  const { body } = await cast.ci.post<IntentAnswer>('/v1/intents', { id, ...intent.data }, options)
  const why = body.reasons.map(({ message }) => `: ${message}`).join('')
  if (!expected.includes(body.status)) throw otherwise(`${id} should be ${expected[0]} and is ${body.status}${why}`, id)
  const { body: view } = await cast.ana.get<DeploymentView>(deploymentPath(id), { after: body.position })
  return { view, published }
}

export async function send(client: Client, events: readonly ExampleEvent[]): Promise<Published> {
  const published = await publish(
    client,
    events.map(event => ({ at: event.id, text: JSON.stringify(event) })),
  )
  const refused = published.receipts.find(({ outcome }) => outcome === 'refused')
  if (refused !== undefined) throw new Failure(`the example's event ${refused.at} was refused: ${refused.error?.message ?? ''}`, exit.no)
  return published
}

/** What the log says is wrong with what runs, as of now. */
export async function openViolation(client: Client, { subject, data }: ExampleEvent): Promise<string | undefined> {
  const { body } = await client.get<Page<LogEntry>>('/v1/log', { stream: `violation-${subject}`, limit: 1_000 })
  const about = body.items.flatMap(({ context: { type }, data: violation }) => {
    const { running: what, kind } = violation as { readonly running: ViolationView['running']; readonly kind: string }
    return what.model === data['model'] && what.version === data['version'] ? [{ kind, isFound: type.includes('.found.') }] : []
  })
  const newest = about.at(-1)
  return newest?.isFound === true ? newest.kind : undefined
}

export async function eventually<T>({ terminal }: Stage, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const until = terminal.now().getTime() + 20_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (terminal.now().getTime() > until) throw new Failure(`20 seconds were not enough for ${what}`, exit.no)
    await terminal.sleep(100)
  }
}

export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Failure && error.problem?.status === 404) return undefined
    throw error
  }
}

/** Why it was not allowed; undefined when it was. */
export async function refusal(asked: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await asked
    return undefined
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exit.notAuthorised) return error
    throw error
  }
}

export const otherwise = (what: string, id: string): Failure =>
  new Failure(`the tour came out otherwise than it should: ${what}; muster deployments explain ${id} may say why`, exit.no)

export const deploymentPath = (id: string): string => `/v1/deployments/${encodeURIComponent(id)}`
