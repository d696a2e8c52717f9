import type { ReadModel, Subscription } from '@muster/projections'
import type { Consumer, Consumers, Publication, Publications, ReadModels, StartWork, Subscriptions, Ticks, Topics } from './tokens.ts'

/** What modules have asked for while they were made. When the host begins to set up, it is closed: what came later would never run. */
export interface Registrations {
  readonly subscriptions: Subscriptions
  readonly readModels: ReadModels
  readonly topics: Topics
  readonly consumers: Consumers
  readonly publications: Publications
  readonly startWork: StartWork
  readonly ticks: Ticks
  close(): Registered
}

export interface Registered {
  readonly subscriptions: readonly Subscription[]
  readonly readModels: readonly ReadModel[]
  readonly topics: readonly string[]
  readonly consumers: readonly Consumer[]
  readonly publications: readonly Publication[]
  readonly startWork: readonly { readonly name: string; readonly work: () => Promise<void> }[]
  readonly ticks: readonly Tick[]
}

export interface Tick {
  readonly name: string
  readonly milliseconds: number
  readonly work: (signal: AbortSignal) => Promise<void>
}

export function makeRegistrations(): Registrations {
  let closed = false
  const names = new Set<string>()
  const list = <T>(kind: string, nameOf: (item: T) => string) => {
    const items: T[] = []
    const add = (item: T): void => {
      const name = `${kind} ${nameOf(item)}`
      if (closed) throw new Error(`${name} is added after the start: add it in a constructor or in onModuleInit`)
      if (names.has(name)) throw new Error(`${name} is there twice`)
      names.add(name)
      items.push(item)
    }
    return { items, add }
  }
  const subscriptions = list<Subscription>('subscription', ({ name }) => name)
  const readModels = list<ReadModel>('read model', ({ name }) => name)
  const consumers = list<Consumer>('consumer group', ({ group }) => group)
  const publications = list<Publication>('publication', ({ name }) => name)
  const startWork = list<Registered['startWork'][number]>('start work', ({ name }) => name)
  const ticks = list<Tick>('tick', ({ name }) => name)
  const topics = new Set<string>()

  return {
    subscriptions,
    readModels,
    consumers,
    publications,
    topics: { add: name => void topics.add(name) },
    startWork: { add: (name, work) => startWork.add({ name, work }) },
    ticks: { every: (name, milliseconds, work) => ticks.add({ name, milliseconds, work }) },
    close() {
      closed = true
      const used = [...topics, ...consumers.items.flatMap(consumer => consumer.topics), ...publications.items.map(({ topic }) => topic)]
      return {
        subscriptions: subscriptions.items,
        readModels: readModels.items,
        consumers: consumers.items,
        publications: publications.items,
        startWork: startWork.items,
        ticks: ticks.items,
        topics: [...new Set(used)],
      }
    },
  }
}
