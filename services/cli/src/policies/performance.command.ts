import { performanceFindings, type PolicyPerformance, type PolicyPerformancePage } from '@muster/contracts'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { paged, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable, sections, table } from '../text.ts'

/* How rules did, for the review of a quarter: what never speaks, what cries wolf, what nobody heeds, and what takes long. */

interface PerformanceOptions extends PageOptions {
  readonly from?: string
  readonly until?: string
  readonly policy?: string
  readonly finding?: string
  readonly noisy?: number
}

export function addPerformance(group: Command, terminal: Terminal): void {
  paged(group.command('performance'))
    .description('How often each rule ran, failed and was unknown, how long it took, and what a review should look at.')
    .option('--from <day>', 'the first day, UTC, such as 2026-10-01; that of the running quarter', day)
    .option('--until <day>', 'the day behind the last one; tomorrow', day)
    .option('--policy <id>', 'only this policy')
    .addOption(new Option('--finding <finding>', 'only those of which this is found').choices(performanceFindings))
    .option('--noisy <share>', 'a rule that ran ten times or more is noisy from this share of not passing; 0.5', share)
    .addHelpText(
      'after',
      `
Examples:
  muster policies performance
  muster policies performance --from 2026-07-01 --until 2026-10-01 --finding noisy`,
    )
    .action(async (options: PerformanceOptions, command: Command) => {
      const { limit, cursor, from, until, policy, finding, noisy } = options
      const session = openSession(command, terminal, 'omar')
      const query = { limit, cursor, from, until, policy, finding, noisy }
      const { body } = await session.client.get<PolicyPerformancePage>('/v1/policy-performance', query)
      session.show(body, () => printable(performanceText(body)))
      if (body.next !== undefined && !session.json) terminal.tell(`There are more: --cursor ${body.next}`)
    })
}

function day(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  throw new InvalidArgumentError('A day such as 2026-10-01 is wanted.')
}

function share(text: string): number {
  const number = Number(text)
  if (number > 0 && number <= 1) return number
  throw new InvalidArgumentError('A share above 0 and at most 1 is wanted.')
}

function performanceText({ from, until, items }: PolicyPerformancePage): string {
  const noteworthy = items.filter(({ findings }) => findings.length > 0)
  const what = `From ${from} to the day before ${until}`
  if (items.length === 0) return `${what}, nothing of this kind was checked.`
  return sections(
    `${what}:`,
    table(
      ['rule', 'version', 'mode', 'ran', 'passed', 'failed', 'unknown', 'error', 'not applied', 'time', 'findings'],
      items.map(rule => [
        `${rule.policy}/${rule.rule}`,
        String(rule.version),
        rule.mode,
        ...[rule.ran, rule.passed, rule.failed, rule.unknown, rule.error, rule.notApplied].map(number => number.toLocaleString('en')),
        timeOf(rule),
        rule.findings.join(', ') || '-',
      ]),
    ),
    noteworthy.map(rule => rule.findings.map(finding => `${rule.policy}/${rule.rule} ${findingText(finding, rule)}`).join('\n')).join('\n'),
  )
}

const timeOf = ({ microseconds }: PolicyPerformance): string => (microseconds === undefined ? '-' : `${microseconds.toFixed(1)} µs`)

function findingText(finding: PolicyPerformance['findings'][number], rule: PolicyPerformance): string {
  const { checks, ran, passed, warned, warningsEnded } = rule
  switch (finding) {
    case 'never-applied':
      return `never applied, in ${checks.toLocaleString('en')} checks.`
    case 'never-failed':
      return rule.kind === 'Policy'
        ? `never stopped anybody: it passed all ${ran.toLocaleString('en')} times.`
        : `never asked anybody, in ${ran.toLocaleString('en')} checks.`
    case 'noisy':
      return `is noisy: ${Math.round(((ran - passed) / ran) * 100)}% of ${ran.toLocaleString('en')} did not pass.`
    case 'ignored-warnings':
      return `warns, and is not heeded: ${warningsEnded} of ${warned} warnings ended.`
  }
}
