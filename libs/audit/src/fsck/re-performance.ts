import { parseSubject, streamName, type AnyEvent, type DeploymentChecked, type PolicyEvent, type Recorded } from '@muster/contracts'
import {
  changesCatalogue,
  datasetsOf,
  emptyCatalogue,
  factsOf,
  foldCatalogue,
  inForce,
  peopleOf,
  performCheck,
  subjectsOf,
  type Catalogue,
  type CheckResult,
  type DatasetEvidence,
  type EndpointEvidence,
  type InForce,
  type IntentEvidence,
  type ModelEvidence,
  type VersionEvidence,
} from '@muster/domain'
import type { Sha256 } from '@muster/kernel'
import { evidenceHistory } from './evidence-history.ts'
import { findingAt, nothing, type Finding } from './finding.ts'
import type { Rest } from './resting.ts'

/*
 * Every check performed again: on evidence and policies as they stood at the position that it names, by its own clock. Who stood for whom was
 * configuration: that is taken from the record, where it stands for this reason.
 */

export interface RePerformance {
  see(recorded: Recorded<AnyEvent>): Iterable<Finding>
  /** What the check comes out as, or why that cannot be said. */
  perform(recorded: Recorded<DeploymentChecked>): CheckResult | string
}

export function rePerformance(sha256: Sha256, rest?: Rest): RePerformance {
  const history = evidenceHistory(rest)
  const catalogues = catalogueHistory()

  return {
    see(recorded) {
      history.see(recorded)
      try {
        catalogues.see(recorded)
        return nothing
      } catch (error) {
        return [findingAt('policies', recorded, error instanceof Error ? error.message : String(error))]
      }
    },

    perform({ event, context }) {
      const { asOf, at, point, people, target } = event
      const stood = <State>(stream: string): State => {
        const state = history.at(stream, asOf.position)
        if (state === 'gone') throw new Gone(stream)
        // The fold of a stream is that of its category.
        return state as State
      }
      const id = idOf(context.subject)
      try {
        const { declared: intent } = stood<IntentEvidence>(streamName('intent', id))
        if (intent === undefined) return `it was checked as of position ${asOf.position}, before its intent was declared`
        const names = subjectsOf(intent)
        const version = stood<VersionEvidence>(names.version)
        const evidence = {
          intent,
          version,
          model: stood<ModelEvidence>(names.model),
          endpoint: stood<EndpointEvidence>(names.endpoint),
          datasets: new Map(datasetsOf(version).map(({ name }) => [name, stood<DatasetEvidence>(streamName('dataset', name))])),
        }
        const persons = new Map(people.map(({ name, person }) => [name, person]))
        const uses = peopleOf(evidence, name => persons.get(name))
        const catalogue = catalogues.at(asOf.position, at)
        return performCheck({ target, facts: factsOf(evidence, uses, point, id, at), people: uses, catalogue, asOf, at, point }, sha256)
      } catch (error) {
        if (error instanceof Gone) return error.message
        throw error
      }
    },
  }
}

class Gone extends Error {
  constructor(stream: string) {
    super(`it takes ${stream} into account as it stood too many events ago to be known here`)
  }
}

function catalogueHistory() {
  const stood: { readonly position: number; readonly catalogue: Catalogue }[] = [{ position: 0, catalogue: emptyCatalogue }]
  let known: { readonly catalogue: Catalogue; readonly from: number; readonly until: number; readonly value: InForce } | undefined
  return {
    see(recorded: Recorded<AnyEvent>): void {
      if (!recorded.stream.startsWith('policy-') || !changesCatalogue(recorded.event)) return
      const catalogue = foldCatalogue(stood.at(-1)?.catalogue ?? emptyCatalogue, recorded as Recorded<PolicyEvent>)
      stood.push({ position: recorded.position, catalogue })
    },
    /** What is in force does not change until the instant that it names itself: it is put together once for many checks. */
    at(position: number, at: string): InForce {
      const catalogue = stood.findLast(one => one.position <= position)?.catalogue ?? emptyCatalogue
      const now = Date.parse(at)
      if (known?.catalogue === catalogue && known.from <= now && now < known.until) return known.value
      const value = inForce(catalogue, at)
      known = { catalogue, from: now, until: value.changesAt === undefined ? Infinity : Date.parse(value.changesAt), value }
      return value
    },
  }
}

/** Of a subject that is one name: an intent, a deployment, an approval, a policy. */
export function idOf(subject: string): string {
  const parsed = parseSubject('intent', subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  return parsed.parts[0]
}
