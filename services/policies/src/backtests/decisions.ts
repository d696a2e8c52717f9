import { parseSubject, type BacktestDifference, type Facts } from '@muster/contracts'
import {
  aboutFrom,
  aboutModel,
  checkReader,
  factsOf,
  foldReport,
  mentions,
  recordedFacts,
  tellDifference,
  whatIf,
  type About,
  type Draft,
  type RecordedCheck,
  type Report,
} from '@muster/domain'
import type { Position, RecordedEvent } from '@muster/event-store'
import { gatherAround, type Around, type Wanted } from './around.ts'
import { EvidenceThen } from './evidence-then.ts'
import { inPortions } from './portions.ts'
import type { LogReader } from './sandbox.ts'
import { Versions } from './versions.ts'

/* What a page of recorded decisions would have come out as. What their records do not hold is gathered for the whole page at once. */

export interface Page {
  readonly report: Report
  readonly differences: readonly BacktestDifference[]
}

export interface Decisions {
  /** `through`: a position behind all of the events; the evidence is read up to there at once, since more pages come. */
  evaluate(draft: Draft, report: Report, events: readonly RecordedEvent[], through: Position): Promise<Page>
}

/** The events of deployments that are no decisions. */
export const noDecisions = [
  'deployment.opened',
  'deployment.approval-required',
  'deployment.cleared',
  'deployment.blocked',
  'deployment.refused',
  'deployment.lapsed',
  'deployment.revoked',
] as const
const decisions: readonly string[] = ['deployment.checked.v1', 'deployment.checked.v2']

interface Read {
  readonly recorded: RecordedEvent
  readonly check: RecordedCheck
  /** As the record has them; undefined where the record does not have enough. */
  readonly facts?: Facts | undefined
  readonly about?: About | undefined
}

export function decisionsOf(log: LogReader): Decisions {
  const reader = checkReader()
  const versions = new Versions(log)
  const evidence = new EvidenceThen(log)
  const mentioned = mentions(versions.of)

  return {
    async evaluate(draft, report, events, through) {
      const checks = await inPortions(events, recorded => ({ recorded, check: readCheck(recorded) }))
      await versions.load([...new Set(checks.map(({ check }) => check.policies))].flat())
      const reads = await inPortions(checks, ({ recorded, check }): Read => {
        const facts = recordedFacts(draft, check, mentioned)
        return { recorded, check, facts, about: facts === undefined ? undefined : aboutFrom(facts, mentioned.of(check)) }
      })
      const lacking = reads.filter(({ facts, about }) => facts === undefined || about === undefined)
      const around = await gatherAround(evidence, lacking.map(wantedOf), through)
      const found = await inPortions(reads, read => evaluateOne(draft, read, around))
      return {
        report: foldReport(
          report,
          found.map(one => one.found),
        ),
        differences: found.flatMap(({ told }) => told ?? []),
      }
    },
  }

  function readCheck({ type, data, position }: RecordedEvent): RecordedCheck {
    if (decisions.includes(type)) return reader.read(data)
    throw new Error(`this release cannot read the decision at position ${position}: it is a ${type}, which a newer one recorded`)
  }

  function evaluateOne(draft: Draft, read: Read, around: Around) {
    const { recorded, check, facts = factsThen(read, around), about = aboutThen(read, around) } = read
    const found = whatIf(draft, check, facts, versions.of)
    const { class: of, applying, deciding, missing } = found
    const decided = { deployment: deploymentOf(recorded), position: recorded.position, event: recorded.id, about }
    return { found: { class: of, applying, deciding, missing, about }, told: tellDifference(decided, check, found) }
  }
}

function deploymentOf({ context: { subject } }: RecordedEvent): string {
  const parsed = parseSubject('deployment', subject)
  if (!parsed.ok) throw new RangeError(parsed.message)
  return parsed.parts[0]
}

function wantedOf({ recorded, check }: Read): Wanted {
  const { model, version, environment, endpoint } = check.target()
  return { id: deploymentOf(recorded), model, version, environment, endpoint, at: check.through }
}

/** As the check knew them. Where the log cannot be read, what the record has: all else is unknown. */
function factsThen(read: Read, around: Around): Facts {
  const { at, point, snapshot, people } = read.check
  const wanted = wantedOf(read)
  const evidence = around.evidenceOf(wanted)
  return evidence === undefined ? { ...snapshot, now: at, point } : factsOf(evidence, people(), point, wanted.id, at)
}

function aboutThen(read: Read, around: Around): About {
  const model = around.modelOf(wantedOf(read))
  return model === undefined ? {} : aboutModel(model, read.check.people())
}
