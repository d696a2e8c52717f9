import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ApprovalView, DeclareIntent, DeploymentView, DryRun, IntentAnswer } from '@muster/contracts'
import { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { found } from '../found.ts'
import { wholeNumber } from '../page.ts'
import { openSession, type Session } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable } from '../text.ts'
import { askUntilDecided } from './asking.ts'
import { ciJob, intentIdOf, systems } from './ci.ts'
import { askedOf, dryReportOf, markdownOf, reportOf, textOf, warningOf, type Report } from './report.ts'
import { exitCodeOf } from './verdict.ts'

interface GateOptions {
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  readonly requestedBy?: string
  readonly id?: string
  readonly purpose?: string
  readonly wait: number
  readonly dryRun?: true
  readonly summary?: string
}

export const gateCommand = (terminal: Terminal, end: (code: ExitCode) => void): Command =>
  new Command('gate')
    .description('Ask whether a version may run, wait for the decision, and end with it: only exit code 0 lets a deployment through.')
    .requiredOption('--model <name>', 'the model')
    .requiredOption('--version <name>', 'its version')
    .requiredOption('--environment <name>', 'where it shall run, such as production')
    .requiredOption('--endpoint <name>', 'the endpoint that shall serve it')
    .option('--requested-by <name>', 'who asks; in CI the person who began the run')
    .option('--id <id>', 'which question this is; in CI made of the run and the job, so that a retried job gets the present answer')
    .option('--purpose <text>', 'what for')
    .option('--wait <seconds>', 'how long to wait for the decision, people included', wholeNumber(0, 86_400), 60)
    .option('--dry-run', 'say what would be decided now; nothing is recorded')
    .option('--summary <file>', 'write the decision as Markdown behind what is in the file, such as $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      `
Exit codes: 0 cleared · 1 blocked, refused, lapsed or revoked · 2 wrong usage · 3 not decided yet · 4 not authorised
            5 the server cannot be reached. Let nothing through but 0.

Who asks and the id come from the variables of ${systems.map(({ name }) => name).join(', ')}. The same job, retried by the same
person, asks the same question: a block stays one until a new run asks anew.

Examples:
  muster gate --model credit --version 7 --environment production --endpoint desk --summary "$GITHUB_STEP_SUMMARY"
  muster gate --model credit --version 7 --environment production --endpoint desk --requested-by rita@example.org --wait 3600
  muster gate --model credit --version 7 --environment production --endpoint desk --dry-run`,
    )
    .action(async (options: GateOptions, command: Command) => {
      const job = ciJob(terminal.env)
      const requestedBy = options.requestedBy ?? job?.person
      // At a terminal nobody need be named: a person asks for themselves.
      const session = openSession(command, terminal, requestedBy === undefined ? 'rita' : 'ci')
      const { model, version, environment, endpoint, purpose } = options
      const question = { model, version, environment, endpoint, ...(requestedBy !== undefined && { requestedBy }) }
      const id = options.id ?? (job === undefined ? randomUUID() : intentIdOf(job, question))
      const intent = { id, ...question, ...(purpose !== undefined && { purpose }) }
      const { answer, report } = options.dryRun === true ? await tryOut(session, intent) : await ask(session, intent, options.wait)
      writeSummary(options.summary ?? '', report, terminal)
      session.show(answer, () => printable(textOf(report)))
      end(exitCodeOf(report.status))
    })

interface Asked {
  readonly answer: unknown
  readonly report: Report
}

async function tryOut({ client }: Session, intent: DeclareIntent): Promise<Asked> {
  const { body } = await client.post<DryRun>('/v1/deployments/dry-runs', intent)
  return { answer: body, report: dryReportOf(body, intent) }
}

async function ask({ client, terminal }: Session, intent: DeclareIntent & { readonly id: string }, wait: number): Promise<Asked> {
  const until = terminal.now().getTime() + wait * 1_000
  const answer = await askUntilDecided(client, terminal, intent, wait, async changed => {
    const approval = await approvalOf(client, changed)
    const warning = approval === undefined ? undefined : warningOf(approval)
    if (warning !== undefined) terminal.tell(printable(warning))
    if (exitCodeOf(changed.status) === exit.pending && terminal.now().getTime() < until)
      terminal.tell(printable(whatFor(changed, approval)))
  })
  const view = await found(client.get<DeploymentView>(`/v1/deployments/${encodeURIComponent(intent.id)}`))
  const report = reportOf(answer, view?.body, intent)
  return { answer: { ...answer, explanation: report.sentences, remediation: report.steps }, report }
}

async function approvalOf(client: Session['client'], { status, approvalId, position }: IntentAnswer): Promise<ApprovalView | undefined> {
  if (status !== 'approval-required' || approvalId === undefined) return undefined
  return (await found(client.get<ApprovalView>(`/v1/approvals/${encodeURIComponent(approvalId)}`, { after: position })))?.body
}

function whatFor({ status, approvalId, missing = [] }: IntentAnswer, approval: ApprovalView | undefined): string {
  if (approval !== undefined) return `waiting: ${askedOf(approval)}`
  if (status === 'approval-required' && approvalId !== undefined) return `waiting: approval ${approvalId} is asked for`
  return `waiting: ${missing.length > 0 ? `not registered yet: ${missing.join(', ')}` : 'not decided yet'}`
}

/** Empty where a CI system has no summary. A decision stands, whether or not it can be summed up: what goes wrong is told and no more. */
function writeSummary(file: string, report: Report, { cwd, tell }: Terminal): void {
  if (file === '') return
  try {
    appendFileSync(resolve(cwd, file), markdownOf(report))
  } catch (error) {
    tell(`the summary could not be written to ${file} (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`)
  }
}
