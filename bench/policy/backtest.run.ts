import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  aboutFrom,
  checkReader,
  compileDraft,
  emptyReport,
  foldReport,
  mentions,
  recordedFacts,
  tellDifference,
  whatIf,
  type FoundByBacktest,
  type Report,
} from '@muster/domain'
import { median } from '../statistics.ts'
import type { Backtested } from './backtest.ts'
import { recordedHistory, type History } from './history.ts'

/*
 * A draft of twenty rules tried on recorded decisions by the functions of the service, in its pages: from the bytes of each record to the figures
 * and to the words of what differs. The log and the table of differences are not part of it. Says what was measured as one line of JSON.
 */

const page = 500
const perRound = 20_000
const decisions = 200_000

function measured(): Backtested {
  const history = recordedHistory()
  const turn = portionsOf(history)
  let report = turn(emptyReport, perRound)
  const before = heapMiB()
  const rates: number[] = []
  const began = performance.now()
  for (let done = 0; done < decisions; done += perRound) {
    const started = process.cpuUsage()
    report = turn(report, perRound)
    const { user, system } = process.cpuUsage(started)
    rates.push((perRound * 1e6) / (user + system))
  }
  const seconds = (performance.now() - began) / 1_000
  const growth = heapMiB() - before
  if (report.newlyBlocked === 0 || report.undecidable > 0) throw new Error('the draft changes nothing, or asks for what is not recorded')
  return {
    decisions: report.decisions,
    kilobytes: history.decisions.reduce((sum, { length }) => sum + length, 0) / history.decisions.length / 1_000,
    differingShare: (report.decisions - report.unchanged) / report.decisions,
    perSecond: median(rates),
    perSecondByClock: decisions / seconds,
    heapGrowthMiB: growth,
  }
}

/** Goes on with so many decisions, a page at a time, as the service does. */
function portionsOf({ decisions: recorded, versionOf, draft: documents }: History) {
  const compilation = compileDraft(documents)
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ message }) => message).join('\n'))
  const { draft } = compilation
  const reader = checkReader()
  const mentioned = mentions(versionOf)
  let position = 0

  const evaluated = (): FoundByBacktest => {
    const data = recorded[position % recorded.length]?.toString('utf8') ?? ''
    position += 1
    const check = reader.read(data)
    const facts = recordedFacts(draft, check, mentioned)
    const about = facts === undefined ? undefined : aboutFrom(facts, mentioned.of(check))
    if (facts === undefined || about === undefined) throw new Error('the records do not hold what the draft reads')
    const { class: of, applying, deciding, missing, ...rest } = whatIf(draft, check, facts, versionOf)
    tellDifference({ deployment: `d${position}`, position, event: 'e', about }, check, { class: of, applying, deciding, missing, ...rest })
    return { class: of, applying, deciding, missing, about }
  }
  return (report: Report, count: number): Report => {
    let counted = report
    for (let done = 0; done < count; done += page) counted = foldReport(counted, Array.from({ length: page }, evaluated))
    return counted
  }
}

/** After a collection. */
function heapMiB(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

console.log(JSON.stringify(measured()))
