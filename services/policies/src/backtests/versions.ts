import { factsSchema, streamName, UnknownEventType, type PolicyEvent } from '@muster/contracts'
import type { VersionOf } from '@muster/domain'
import { decode, type Recorded, type RecordedEvent } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { compileDocument, type CompiledDocument } from '@muster/policy'
import type { LogReader } from './sandbox.ts'

/** Every published version that a record names, compiled once. A version that cannot be read is not there. */
export class Versions {
  private readonly kept = new Map<string, CompiledDocument | undefined>()

  constructor(private readonly log: LogReader) {}

  readonly of: VersionOf = (id, version) => this.kept.get(`${version} ${id}`)

  async load(wanted: readonly { readonly policy: string; readonly version: number }[]): Promise<void> {
    const missing = wanted.filter(({ policy, version }) => !this.kept.has(`${version} ${policy}`))
    const streams = [...new Set(missing.map(({ policy }) => policy))].map(id => streamName('policy', id))
    if (!isNonEmpty(streams)) return
    for (const { policy, version } of missing) this.kept.set(`${version} ${policy}`, undefined)
    for (const recorded of await this.log.read(streams)) {
      const event = eventOf(recorded)
      if (event?.type !== 'policy.published') continue
      const { document, version, digest } = event
      const compilation = compileDocument(document, factsSchema, { version, digest })
      if (compilation.ok) this.kept.set(`${version} ${document.id}`, compilation.compiled)
    }
  }
}

function eventOf(recorded: RecordedEvent): PolicyEvent | undefined {
  try {
    // Streams of policies hold the events of policies and no others.
    return (decode(recorded) as Recorded<PolicyEvent>).event
  } catch (error) {
    if (error instanceof UnknownEventType) return undefined
    throw error
  }
}
