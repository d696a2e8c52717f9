import type { AlertView, ApprovalView, DeploymentView, Page, ViolationView } from '@muster/contracts'
import { readApproval, sign } from '../approvals/sign.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { messageAt, publish } from '../publish/publish.ts'
import { count, instant, sentence } from '../text.ts'
import type { Example, ExampleEvent } from './example.ts'
import { declare, deploymentPath, eventually, openViolation, orMissing, otherwise, refusal, send, type Stage } from './stage.ts'
import { continued, outcomes, pastOf, place, repeated, rulesOf, running, short, valuesOf, wish } from './words.ts'

/*
 * The example, played against a running Muster. Every sentence is made of what the server answered, and a step that comes out otherwise
 * than it is said ends the tour. Played again, it finds everything done and says so.
 */

export async function play(stage: Stage, { events, intents, rollouts }: Example): Promise<void> {
  const [first, second, third] = intents
  const [allowed, forbidden] = rollouts
  const malformed = malformedFrom(events)
  if (first === undefined || second === undefined || third === undefined || allowed === undefined || forbidden === undefined)
    throw new Failure('the example has lost its intents or rollouts', exit.no)
  await evidence(stage, events)
  await blocked(stage, first)
  const asked = await approvalNeeded(stage, second)
  await requesterRefused(stage, asked.approval)
  await approved(stage, asked)
  const cleared = await clearedByItself(stage, third)
  await runsCleared(stage, allowed, cleared)
  await runsUncleared(stage, forbidden)
  await refusedAtTheDoor(stage, malformed)
}

async function evidence({ cast, say }: Stage, events: readonly ExampleEvent[]): Promise<void> {
  const published = await send(cast.ci, events)
  const registered = (what: string): number => events.filter(({ type }) => type.startsWith(`dev.muster.${what}.registered.`)).length
  say('The pipeline says what it did', [
    `${count(events.length, 'event')} of a real training run are published: a credit model, ${count(registered('dataset'), 'data set')}, and ${count(registered('version'), 'version')} trained, evaluated on a holdout and documented.`,
    pastOf(published),
  ])
}

async function blocked(stage: Stage, intent: ExampleEvent): Promise<void> {
  const { view, published } = await declare(stage, intent, 'blocked')
  stage.say(`${wish(intent)}: blocked`, [
    ...rulesOf(view, ({ outcome, mode }) => outcome !== 'pass' && mode === 'enforce').map(
      rule => `${rule.policy}/${rule.rule} ${outcomes[rule.outcome]}: ${rule.message} Here ${valuesOf([rule])}.`,
    ),
    `${count(rulesOf(view, ({ outcome }) => outcome === 'pass').length, 'other rule passes', 'other rules pass')}, and that does not help: only a pass of all opens the gate.`,
    ...repeated(published),
  ])
}

interface Asked {
  readonly intent: ExampleEvent
  readonly approval: ApprovalView
}

async function approvalNeeded(stage: Stage, intent: ExampleEvent): Promise<Asked> {
  const { view, published } = await declare(stage, intent, 'approval-required', 'cleared')
  if (view.approvalId === undefined) throw otherwise(`${intent.subject} was cleared without an approval`, intent.subject)
  const { approvalId } = view
  const approval = await eventually(stage, `approval ${approvalId} to be open`, () => orMissing(readApproval(stage.cast.ana, approvalId)))
  const asking = (view.check?.approvalRules ?? []).filter(({ needed }) => needed !== false)
  stage.say(`${wish(intent)}: a person must agree`, [
    ...asking.map(
      ({ policy, because }) => `${policy} asks, since ${because.map(({ text }) => text).join(' and ')}: ${valuesOf([{ because }])}.`,
    ),
    `Approval ${approval.id} needs ${approval.needs.map(({ role, count: people }) => `${people} × ${role}`).join(', ')}; ${approval.excluded.map(({ person, because }) => `${person} may not sign (${because})`).join(', ')}.`,
    ...repeated(published),
  ])
  return { intent, approval }
}

async function requesterRefused(
  { cast, say }: Stage,
  { id, needs, digest, status, refusals, evidence: seen }: ApprovalView,
): Promise<void> {
  const requester = 'rita'
  const title = `${requester} tries to sign her own request: refused`
  const told = ({ because, at }: ApprovalView['refusals'][number]): string => `On record since ${instant(at)}: rita ${because}.`
  const earlier = refusals.find(({ by }) => by === requester)
  if (earlier !== undefined) return say(title, [`She tried before. ${told(earlier)}`])
  if (status !== 'open')
    return say(`${requester} cannot sign her own request`, [`The approval is ${status} already, so that nobody can try now.`])

  const role = needs[0]?.role ?? ''
  const problem = await refusal(sign(cast.rita, id, { verdict: 'approve', role, digest, reason: 'It is my own request.' }))
  if (problem === undefined) throw otherwise(`${requester} could sign what she asked for`, seen?.target.model ?? id)
  const after = await readApproval(cast.ana, id)
  const refused = after.refusals.find(({ by }) => by === requester)
  if (refused === undefined) throw otherwise(`${requester} was refused and that is not on record: ${problem.message}`, id)
  say(title, [`She has the role ${role}, and is told: “${problem.message}”.`, told(refused)])
}

async function approved(stage: Stage, { intent, approval }: Asked): Promise<void> {
  const { cast, say } = stage
  const title = 'ana reads the evidence and signs: cleared'
  const { id, digest, needs } = approval
  const role = needs[0]?.role ?? ''
  const reason = 'The margin is thin, and the model only advises the credit desk.'
  const repeated = approval.status !== 'open'
  const after = repeated ? approval : (await sign(cast.ana, id, { verdict: 'approve', role, digest, reason })).approval
  if (after.status !== 'granted') throw otherwise(`approval ${id} is ${after.status}`, intent.subject)
  const signed = after.signatures.map(({ by, at, reason: why }) => `${by} signed${repeated ? ` at ${instant(at)}` : ''}: “${why.personal}”`)
  const view = await eventually(stage, `${intent.subject} to be decided`, async () => {
    const { body } = await cast.ana.get<DeploymentView>(deploymentPath(intent.subject))
    return body.status === 'approval-required' ? undefined : body
  })
  if (view.status !== 'cleared') throw otherwise(`${intent.subject} is ${view.status}`, intent.subject)
  say(title, [
    `${repeated ? 'That was done before. ' : ''}${signed.join(' ')}`,
    `The signature holds for ${short(digest)}, the digest of what was decided on, and the clearance for artifact ${short(view.target.artifact)} at ${place(intent)}. Another artifact or another place is another question.`,
  ])
}

async function clearedByItself(stage: Stage, intent: ExampleEvent): Promise<DeploymentView> {
  const { view, published } = await declare(stage, intent, 'cleared')
  const told = ['fairness-disparate-impact', 'performance']
  const rules = rulesOf(view, ({ policy, outcome }) => told.includes(policy) && outcome === 'pass')
  stage.say(`${wish(intent)}: cleared`, [
    `All ${count(view.check?.rules.length ?? 0, 'rule')} pass: ${valuesOf(rules)}. Nobody need be asked.`,
    'CD obeys that: muster gate would have ended with exit code 0.',
    ...repeated(published),
  ])
  return view
}

async function runsCleared(stage: Stage, rollout: ExampleEvent, { id, target }: DeploymentView): Promise<void> {
  const { cast, say } = stage
  const published = await send(cast.ci, [rollout])
  // What deployments has read includes the rollout: what it found is in the log.
  await cast.ana.get(deploymentPath(id), { after: published.position })
  const found = await openViolation(cast.ana, rollout)
  if (found !== undefined) throw otherwise(`${running(rollout)} is a violation: ${found}`, id)
  say(`${running(rollout)} is seen running: as it should be`, [
    `The cluster reports artifact ${short(target.artifact)} at ${rollout.subject}, which is what ${id} was cleared for. No violation.`,
    ...repeated(published),
  ])
}

async function runsUncleared(stage: Stage, rollout: ExampleEvent): Promise<void> {
  const { cast, say } = stage
  const published = await send(cast.ci, [rollout])
  const { model, version } = rollout.data as { readonly model: string; readonly version: string }
  const [environment, endpoint] = rollout.subject.split('/')
  const violation = await eventually(stage, `the violation of ${running(rollout)}`, async () => {
    const { body } = await cast.ana.get<Page<ViolationView>>('/v1/violations', { environment, endpoint, open: true })
    return body.items.find(item => item.running.model === model && item.running.version === version)
  })
  const alert = await eventually(stage, `an alert about ${running(rollout)}`, async () => {
    const { body } = await cast.ana.get<Page<AlertView>>('/v1/alerts', { kind: 'violation-found', status: 'open', model })
    return body.items.find(item => item.version === version)
  })
  const [step = 'see the alert'] = alert.remediation.steps
  say(`${running(rollout)} is seen running too: a violation`, [
    `${violation.kind}: ${violation.message}`,
    `Alert ${alert.id} (${alert.severity}) names the model, its data (${alert.datasets.join(', ')}) and what to do: ${continued(step)}`,
    ...repeated(published),
  ])
}

async function refusedAtTheDoor({ cast, say }: Stage, event: ExampleEvent): Promise<void> {
  const { receipts } = await publish(cast.ci, [{ at: 'the event', text: JSON.stringify(event) }])
  const [receipt] = receipts
  if (receipt?.outcome !== 'refused' || receipt.error?.pointer === undefined)
    throw otherwise(
      `an event with a balanced accuracy of ${String(event.data['balancedAccuracy'])} was ${receipt?.outcome ?? 'not answered'}`,
      event.id,
    )
  const { error, status } = receipt
  say('A malformed event is refused', [
    `An evaluation claims a balanced accuracy of ${String(event.data['balancedAccuracy'])}. The answer is ${status} and names the field, ${sentence(messageAt(error))}`,
    'Nothing of it is recorded. Had it come by Kafka, it would stand in quarantine as it came.',
  ])
}

/** The newest evaluation, with a figure that cannot be. */
function malformedFrom(events: readonly ExampleEvent[]): ExampleEvent {
  const evaluated = events.findLast(({ type }) => type.includes('.version.evaluated.'))
  if (evaluated === undefined) throw new Failure('the example has lost its evaluations', exit.no)
  return { ...evaluated, id: `${evaluated.id}-malformed`, data: { ...evaluated.data, balancedAccuracy: 1.65 } }
}
