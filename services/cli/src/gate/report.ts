import type { ApprovalSummary, DeploymentView, DryRun, IntentAnswer, Target } from '@muster/contracts'
import { exit } from '../exit.ts'
import { bullets, count, sections } from '../text.ts'
import { exitCodeOf, headlineOf, type Status } from './verdict.ts'

/* What a gate tells people, in a log of CI and in the summary of its job. */

export interface Report {
  readonly status: Status
  readonly target: Pick<Target, 'model' | 'version' | 'environment' | 'endpoint'> & Pick<Target, 'artifact'>
  /** Left out for a dry run. */
  readonly id?: string
  readonly sentences: readonly string[]
  readonly steps: readonly { readonly policy: string; readonly steps: readonly string[] }[]
  readonly next: readonly string[]
}

/** `view` is what stands behind the answer, where there is something already. */
export function reportOf(answer: IntentAnswer, view: DeploymentView | undefined, asked: Report['target']): Report {
  const sentences = view !== undefined && view.status === answer.status ? view.explanation : answer.reasons.map(({ message }) => message)
  return {
    status: answer.status,
    target: answer.target ?? asked,
    id: answer.id,
    sentences: sentences.length > 0 ? sentences : (answer.missing ?? []).map(stream => `Not registered: ${stream}.`),
    steps: answer.status === 'cleared' ? [] : (view?.remediation ?? []),
    next: nextOf(answer),
  }
}

export function dryReportOf({ verdict, explanation, reasons, needs = [], check }: DryRun, asked: Report['target']): Report {
  const rules = check?.rules ?? []
  const passed = rules.filter(({ outcome }) => outcome === 'pass').length
  return {
    status: verdict,
    target: check?.target ?? asked,
    sentences: [
      // There is a sentence for each rule, in their order; those that pass are counted.
      ...explanation.filter((_, index) => rules[index]?.outcome !== 'pass'),
      ...(rules.length === 0 ? reasons.map(({ message }) => message) : []),
      ...(passed > 0 ? [`${count(passed, 'rule passes', 'rules pass')}.`] : []),
      ...needs.map(({ role, count: people }) => `It would be asked of ${people} × ${role}.`),
    ],
    steps: [],
    next: ['This was a dry run: nothing is recorded, and nothing may be deployed on it.'],
  }
}

function nextOf({ id, status, approvalId }: IntentAnswer): string[] {
  if (status === 'approval-required' && approvalId !== undefined)
    return [`muster approvals show ${approvalId}`, 'Ask again with the same --id for the present answer.']
  if (status === 'undecided' || status === 'waiting') return ['Ask again with the same --id for the present answer.']
  return status === 'cleared' ? [] : [`muster deployments explain ${id}`]
}

const placeOf = ({ model, version, environment, endpoint }: Report['target']): string => `${model} ${version} at ${environment}/${endpoint}`

export const textOf = ({ status, target, id, sentences, steps, next }: Report): string =>
  sections(
    `${headlineOf[status]}: ${placeOf(target)}${id === undefined ? '' : ` (${id})`}`,
    bullets(sentences),
    steps.length === 0 ? undefined : `To do:\n${bullets(steps.flatMap(step => step.steps.map(text => `${text} (${step.policy})`)))}`,
    next.length === 0 ? undefined : `Next:\n${bullets(next)}`,
  )

/** For the summary of a job, such as `$GITHUB_STEP_SUMMARY`. */
export function markdownOf({ status, target, id, sentences, steps, next }: Report): string {
  const facts = [
    ...(id === undefined ? [] : [`| deployment | ${escaped(id)} |`]),
    ...(target.artifact === undefined ? [] : [`| artifact | \`${target.artifact}\` |`]),
  ]
  const todo = steps.flatMap(step => step.steps.map(text => escaped(`${text} (${step.policy})`)))
  const commands = next.map(line => (line.startsWith('muster ') ? `\`${line}\`` : escaped(line)))
  return `${sections(
    `### ${signs[exitCodeOf(status)] ?? '❌'} ${headlineOf[status]}: ${escaped(placeOf(target))}`,
    facts.length === 0 ? undefined : ['| | |', '|---|---|', ...facts].join('\n'),
    bullets(sentences.map(escaped)),
    todo.length === 0 ? undefined : `**To do**\n\n${bullets(todo)}`,
    next.length === 0 ? undefined : `**Next**\n\n${bullets(commands)}`,
  )}\n`
}

const signs: Readonly<Record<number, string>> = { [exit.ok]: '✅', [exit.pending]: '⏳' }

/** Names and reasons are other people's text: they stay text. */
const escaped = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>|#!~$@]/g, '\\$&')

/** Who must sign, while the gate waits. */
export const askedOf = ({ id, needs, excluded }: Pick<ApprovalSummary, 'id' | 'needs' | 'excluded'>): string =>
  [
    `approval ${id} asks for ${needs.map(({ role, count }) => `${count} × ${role}`).join(', ')}`,
    ...(excluded.length > 0 ? [`not ${excluded.map(({ person, because }) => `${person} (${because})`).join(', ')}`] : []),
  ].join('; ')

/** What no waiting can mend. */
export const warningOf = ({ id, unmapped }: Pick<ApprovalSummary, 'id' | 'unmapped'>): string | undefined =>
  unmapped.length === 0
    ? undefined
    : `warning: nobody can sign approval ${id}, for ${unmapped.map(name => `"${name}"`).join(' and ')} ${unmapped.length === 1 ? 'maps' : 'map'} to no person: whoever looks after Muster adds the name to a person of the identity`
