import type { PolicyChangeView, PolicyDocument, PolicyVersionView, PolicyView } from '@muster/contracts'
import type { Command } from 'commander'
import { stringify } from 'yaml'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { wholeNumber } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, fields, instant, printable, sections } from '../text.ts'
import { countsText } from './backtest.text.ts'
import { pathOf } from './proposing.ts'

export function addShow(group: Command, terminal: Terminal): void {
  group
    .command('show')
    .description('A policy as it is in force, what is tried or proposed beside it, and its text.')
    .argument('<id>', 'the id of the policy')
    .option('--version <number>', 'as this version says', wholeNumber(1, 1_000_000))
    .option('--draft', 'as the change that is open says')
    .addHelpText(
      'after',
      `
Examples:
  muster policies show fairness-disparate-impact
  muster policies show fairness-disparate-impact --draft`,
    )
    .action(async (id: string, { version, draft }: { readonly version?: number; readonly draft?: true }, command: Command) => {
      if (version !== undefined && draft === true) throw usage('--version and --draft are two contents: ask for one of them')
      const session = openSession(command, terminal, 'omar')
      if (version !== undefined) {
        const { body } = await session.client.get<PolicyVersionView>(`${pathOf(id)}/versions/${version}`)
        return session.show(body, () => printable(sections(versionText(body), yamlOf(body.document))))
      }
      const { body } = await session.client.get<PolicyView>(pathOf(id))
      if (draft !== true) return session.show(body, () => printable(policyText(body)))
      const { change } = body
      if (change === undefined) throw new Failure(`no change of ${id} is open`, exit.no)
      session.show(change, () => printable(sections(changeText(id, change), yamlOf(change.document))))
    })
}

const policyText = (policy: PolicyView): string =>
  sections(
    fields({
      policy: policy.id,
      status: policy.retiredAt === undefined ? policy.status : `${policy.status} ${instant(policy.retiredAt)}`,
      mode: policy.mode,
      version:
        policy.version === undefined || policy.publishedAt === undefined
          ? undefined
          : `${policy.version}, published ${instant(policy.publishedAt)}, ${reviewText(policy.reviewed)}`,
      digest: policy.digest,
      effective: effectiveText(policy),
      tried:
        policy.trial === undefined || policy.status === 'trial'
          ? undefined
          : `version ${policy.trial.version}, in shadow since ${instant(policy.trial.effectiveFrom)}`,
      change: policy.change === undefined ? undefined : policy.change.status,
      comments: policy.comments === 0 ? undefined : String(policy.comments),
    }),
    policy.trial === undefined ? undefined : `It takes effect by: muster policies activate ${policy.id}`,
    policy.change === undefined ? undefined : changeText(policy.id, policy.change),
    policy.change === undefined || policy.version === undefined ? undefined : `Version ${policy.version} says:`,
    yamlOf(policy.document),
  )

const versionText = (version: PolicyVersionView): string =>
  fields({
    policy: version.id,
    version: `${version.version}, published ${instant(version.publishedAt)}, ${reviewText(version.reviewed)}`,
    approval: version.approvalId,
    mode: version.trial ? `${version.mode}, tried until somebody activates it` : version.mode,
    digest: version.digest,
    effective: effectiveText(version),
    activated: version.activatedAt === undefined ? undefined : instant(version.activatedAt),
  })

const changeText = (id: string, { status, digest, authors, approvalId, needs, cases, backtest, differences }: PolicyChangeView): string =>
  sections(
    fields({
      'change of': id,
      status,
      digest,
      authors: authors.map(({ name, person }) => (person === undefined ? `${name} (unknown)` : person)).join(', '),
      approval: approvalId,
      needs: needs?.map(({ role, count }) => `${count} × ${role}`).join(', '),
      cases: String(cases?.cases.length ?? 0),
      backtest: backtest === undefined ? undefined : `${backtest.id}, ${countsText(backtest)}`,
    }),
    differences.length === 0 ? undefined : `It changes:\n${bullets(differences)}`,
  )

const reviewText = (reviewed: boolean): string => (reviewed ? 'agreed to by peers' : 'reviewed by nobody')

function effectiveText({ effectiveFrom, effectiveUntil }: Pick<PolicyView, 'effectiveFrom' | 'effectiveUntil'>): string | undefined {
  if (effectiveFrom === undefined) return undefined
  return `from ${instant(effectiveFrom)}${effectiveUntil === undefined ? '' : ` until ${instant(effectiveUntil)}`}`
}

const yamlOf = (document: PolicyDocument): string => stringify(inOrder(document), { lineWidth: 120 }).trimEnd()

/** As people write a policy: what it is first, and what to do last. */
const order = [
  'apiVersion',
  'kind',
  'id',
  'title',
  'owner',
  'rationale',
  'severity',
  'serviceLevel',
  'mode',
  'effective',
  'tags',
  'controls',
]
const then = ['at', 'appliesTo', 'when', 'rules', 'onUnknown', 'needs', 'exclude', 'due']

function inOrder(document: PolicyDocument): Record<string, unknown> {
  const known = [...order, ...then]
  const place = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length)
  return Object.fromEntries(Object.entries(document).toSorted(([a], [b]) => place(a) - place(b)))
}
