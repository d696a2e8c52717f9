import { readFileSync } from 'node:fs'
import { canonicalJson, fromWireType, type LogEntry } from '@muster/contracts'
import type { CommittedEvent } from '@muster/ledger'

/** The log of the tour as a Muster of November 2026 recorded it. */
export const tour: readonly CommittedEvent[] = readFileSync(new URL('../../fixtures/german-credit.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => {
    const { id, stream, revision, recordedtime, context, data } = JSON.parse(line) as LogEntry
    const { specversion: _, ...attributes } = context
    const type = fromWireType(attributes.type) ?? ''
    return { stream, revision, id, type, recordedtime, context: attributes, data: canonicalJson(data) }
  })
