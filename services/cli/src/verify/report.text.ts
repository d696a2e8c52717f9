import { describeScope, type BundleReport } from '@muster/audit'
import { bullets, count, fields, printable, sections, sentence } from '../text.ts'

/* A report for people: the verdict first, then what was looked at, then each finding in words. */

const verdicts: Readonly<Record<BundleReport['verdict'], string>> = {
  whole: 'Whole: nothing was changed, added or taken away, and every decision comes out as it was recorded.',
  tampered: 'Tampered: what is here is not what was signed, or does not follow from it.',
  incomplete: 'Incomplete: something that was signed is not here.',
}
const wholeWithoutDecisions = 'Whole: nothing was changed, added or taken away. Decisions were not performed again.'
const mostShown = 50

export function textOfReport(report: BundleReport): string {
  const { verdict, origin, scope, events, size, root, checkpoints, cosignedBy, checks, findings, found, notes } = report
  const isPart = scope?.kind === 'range' && scope.from > 0
  return printable(
    sections(
      verdict === 'whole' && isPart ? wholeWithoutDecisions : verdicts[verdict],
      fields({
        log: origin,
        scope: scope === undefined ? undefined : describeScope(scope),
        events: events === 0 ? undefined : `${events.toLocaleString('en')} verified`,
        checks: checks === 0 ? undefined : `${checks.toLocaleString('en')} performed again`,
        checkpoint: size === undefined ? undefined : `${size.toLocaleString('en')} leaves, root ${root}`,
        signed: checkpoints === 0 ? undefined : count(checkpoints, 'checkpoint'),
        witnesses: cosignedBy.length === 0 ? undefined : cosignedBy.join(', '),
      }),
      found === 0 ? undefined : `${count(found, 'finding')}:`,
      bullets(findings.slice(0, mostShown).map(({ message }) => sentence(message))),
      found > mostShown ? `… and ${count(found - mostShown, 'finding')} more: --report FILE.json has them.` : undefined,
      bullets(notes),
    ),
  )
}
