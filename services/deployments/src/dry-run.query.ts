import { isUnmet, type DeclareIntent, type DryRun, type StreamName } from '@muster/contracts'
import { explainedCheck, factsOf, inForce, missingRegistrations, peopleOf, performCheck, reasonOf, type PersonOf } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import type { Sha256 } from '@muster/kernel'
import { explain } from '@muster/policy'
import { parkedStreams, type Sql } from '@muster/projections'
import type { CatalogueReader } from './catalogue.reader.ts'
import { EvidenceReader } from './evidence.reader.ts'

interface DryRunInput {
  readonly intent: DeclareIntent & { readonly requestedBy: string }
  /** Who speaks: decides which names map to persons. */
  readonly source: string
  readonly at: string
}

export interface DryRunParts {
  readonly store: EventStore
  readonly sql: Sql
  readonly catalogue: CatalogueReader
  readonly sha256: Sha256
  readonly personOf: PersonOf
}

/** What would be decided if the intent were declared now. Records nothing, and is the same evaluation. */
export async function dryRun(
  { store, sql, catalogue: reader, sha256, personOf }: DryRunParts,
  { intent, source, at }: DryRunInput,
): Promise<DryRun> {
  const position = await store.head()
  const id = intent.id ?? 'dry-run'
  const declared = { ...intent, type: 'intent.declared' as const, source, at, recordedAt: at, event: nobody, by: [] }
  const [around] = await new EvidenceReader(store).around([intent], position)
  if (around === undefined) throw new Error('nothing was gathered for the intent')
  const evidence = { intent: declared, ...around }
  const missing: readonly StreamName[] = missingRegistrations(evidence)
  const parked = await parkedStreams(sql, 'deployments', around.streams)
  const held = around.streams.filter(stream => parked.has(stream) || around.unreadable.includes(stream))
  if (missing.length > 0 || held.length > 0) {
    return {
      verdict: 'waiting',
      position,
      missing: [...missing],
      reasons: [],
      explanation: [
        ...missing.map(stream => `Not registered: ${stream}.`),
        ...held.map(stream => `Parked, or not readable by this release: ${stream}.`),
      ],
    }
  }
  const catalogue = inForce(await reader.at(position), at)
  const people = peopleOf(evidence, personOf)
  const { model, version, environment, endpoint } = intent
  const artifact = evidence.version.artifact?.digest
  const { check, judgement } = performCheck(
    {
      target: { model, version, environment, endpoint, ...(artifact !== undefined && { artifact }) },
      facts: factsOf(evidence, people, 'intent', id, at),
      people,
      catalogue,
      asOf: { position, event: nobody },
      at,
      point: 'intent',
    },
    sha256,
  )
  const explained = explainedCheck(check, (policy, ofVersion) =>
    catalogue.policies.find(one => one.document.id === policy && one.version === ofVersion),
  )
  const explanation = explained.rules.map(rule => `${rule.mode === 'enforce' ? '' : `(${rule.mode}) `}${explain({ ...rule, reads: [] })}`)
  switch (judgement.verdict) {
    case 'cleared':
      return { verdict: 'cleared', position, missing: [], reasons: [], explanation, check: explained }
    case 'blocked':
      return { verdict: 'blocked', position, missing: [], reasons: [...judgement.reasons], explanation, check: explained }
    case 'approval-required': {
      const unknown = check.rules
        .filter(isUnmet)
        .filter(({ outcome, mode }) => outcome === 'unknown' && mode === 'enforce')
        .map(reasonOf)
      return {
        verdict: 'approval-required',
        position,
        missing: [],
        reasons: unknown,
        explanation,
        check: explained,
        needs: judgement.question.needs,
      }
    }
  }
}

/** A dry run is caused by no event. */
const nobody = '00000000-0000-0000-0000-000000000000'
