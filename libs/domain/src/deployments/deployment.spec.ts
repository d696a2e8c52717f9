import type { ApprovalRequired, DeploymentEvent, Reason } from '@muster/contracts'
import { fold } from '@muster/kernel'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { array, assert, constant, constantFrom, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, facts, people, target } from '../testing/example.ts'
import { approvalRule, check, policy } from '../testing/policies.ts'
import { digest, store } from '../testing/recorded.ts'
import type { CheckResult } from './check.ts'
import { deployment, isFinal, type DeploymentCommand } from './deployment.ts'

const { given } = specify(deployment)

const weak = changed(facts, 'evaluation.balancedAccuracy', 0.6)
const weaker = changed(facts, 'evaluation.balancedAccuracy', 0.61)
const asks = [policy({ assert: 'evaluation.balancedAccuracy >= 0.55' }), approvalRule({ when: 'evaluation.balancedAccuracy < 0.65' })]

const passes = check(asks)
const needsPeople = check(asks, { facts: weak })
const needsOthers = check(asks, { facts: weaker })
const fails = check(asks, { facts: changed(facts, 'evaluation.balancedAccuracy', 0.5) })
const unknown = check(asks, { facts: changed(facts, 'evaluation.balancedAccuracy', undefined) })
const leftToPeople = check([policy({ onUnknown: 'requireApproval' })], { facts: changed(facts, 'evaluation.balancedAccuracy', undefined) })
const unregulated = check([])

const opening = {
  id: 'd1',
  target,
  requestedBy: 'rita@example.org',
  missing: ['dataset-applications'],
  lapsesAt: '2026-11-26T12:00:00.000Z',
}
const remediation = { steps: ['Train again'], by: '2026-11-30T00:00:00.000Z' }

const openIt: DeploymentCommand = { type: 'open-deployment', ...opening }
const checkIt = (result: CheckResult, rest: { missing?: string[]; held?: boolean } = {}): DeploymentCommand => ({
  type: 'check-deployment',
  missing: [],
  held: false,
  remediation,
  ...result,
  ...rest,
})
const lapseIt = (at: string): DeploymentCommand => ({ type: 'lapse-deployment', at, missing: [...opening.missing] })
const withdrawIt: DeploymentCommand = { type: 'withdraw-deployment', at: '2026-11-25T13:00:00.000Z' }
const answerIt = (
  answer: 'granted' | 'rejected',
  rest: { approvalId?: string; deployment?: string; digest?: string } = {},
): DeploymentCommand => ({
  type: 'answer-deployment',
  approvalId: 'd1.1',
  deployment: 'd1',
  digest: needsPeople.check.materialDigest,
  answer,
  ...rest,
})

const opened: DeploymentEvent = { type: 'deployment.opened', ...opening }
const checked = ({ check: found }: CheckResult, ...newlyAsked: string[]): DeploymentEvent => ({
  type: 'deployment.checked',
  ...found,
  newlyAsked,
})
const materialOf = ({ check: { materialDigest } }: CheckResult) => ({ target, materialDigest })
const reasonsOf = ({ judgement }: CheckResult): Reason[] => (judgement.verdict === 'blocked' ? [...judgement.reasons] : [])
const cleared = (by: CheckResult, rest = {}): DeploymentEvent => ({ type: 'deployment.cleared', ...materialOf(by), ...rest })
const blocked = (by: CheckResult, rest = {}): DeploymentEvent => ({
  type: 'deployment.blocked',
  ...materialOf(by),
  reasons: reasonsOf(by),
  ...rest,
})
const required = (by: CheckResult, rest: Partial<ApprovalRequired> = {}): DeploymentEvent => {
  if (by.judgement.verdict !== 'approval-required') throw new Error('nobody is asked')
  return {
    type: 'deployment.approval-required',
    approvalId: 'd1.1',
    target,
    about: { kind: 'deployment', id: 'd1' },
    digest: by.check.materialDigest,
    changed: [],
    ...by.judgement.question,
    ...rest,
  }
}
const refused: DeploymentEvent = {
  type: 'deployment.refused',
  ...materialOf(needsPeople),
  approvalId: 'd1.1',
  reasons: [{ code: 'approval-rejected', message: 'Approval d1.1 was rejected.' }],
}
const revoked = (by: CheckResult, reasons = reasonsOf(by)): DeploymentEvent => ({
  type: 'deployment.revoked',
  ...materialOf(by),
  reasons,
  remediation,
})
const intentWithdrawn: Reason[] = [{ code: 'intent-withdrawn', message: 'The intent was withdrawn.' }]
const lapsed = (reasons: Reason[], rest = {}): DeploymentEvent => ({ type: 'deployment.lapsed', target, reasons, ...rest })

const isWaiting = [opened]
const isAsking = [opened, checked(needsPeople), required(needsPeople)]
const isCleared = [opened, checked(passes), cleared(passes)]
const isGranted = [...isAsking, cleared(needsPeople, { approvalId: 'd1.1' })]
const ends: [string, DeploymentEvent[]][] = [
  ['blocked', [opened, checked(fails), blocked(fails)]],
  ['refused', [...isAsking, refused]],
  ['lapsed', [opened, lapsed(intentWithdrawn)]],
  ['revoked', [...isCleared, checked(fails), revoked(fails)]],
]

describe('A deployment', () => {
  it('is opened once by its intent', () => {
    given().when(openIt).then(opened)
    given(opened)
      .when({ ...openIt, lapsesAt: '2026-12-01T00:00:00.000Z' })
      .thenUnchanged()
  })

  it.each([checkIt(passes), answerIt('granted'), lapseIt(opening.lapsesAt), withdrawIt])(
    'that no intent opened knows nothing of $type',
    command => given().when(command).thenRejected('not-found'),
  )

  it('is cleared by a check in which all passes', () =>
    given(...isWaiting)
      .when(checkIt(passes))
      .then(checked(passes), cleared(passes)))

  it('is blocked by a check in which a rule fails', () =>
    given(...isWaiting)
      .when(checkIt(fails))
      .then(checked(fails), blocked(fails)))

  it('is blocked where no policy applies', () =>
    given(...isWaiting)
      .when(checkIt(unregulated))
      .then(checked(unregulated), blocked(unregulated)))

  it('asks people where a rule asks, over exactly what was found', () =>
    given(...isWaiting)
      .when(checkIt(needsPeople))
      .then(checked(needsPeople), required(needsPeople)))
})

describe('While it waits for registrations, a deployment', () => {
  it('is not decided by a check', () =>
    given(...isWaiting)
      .when(checkIt(passes, { missing: ['dataset-applications'] }))
      .thenUnchanged())

  it('does not lapse before its time', () =>
    given(...isWaiting)
      .when(lapseIt('2026-11-26T11:59:59.999Z'))
      .thenRejected('not-due'))

  it('lapses when its time has come, and says what was missing', () =>
    given(...isWaiting)
      .when(lapseIt(opening.lapsesAt))
      .then(lapsed([{ code: 'not-registered-in-time', message: 'Not registered in time: dataset-applications.' }])))

  it('lapses when its intent is withdrawn', () =>
    given(...isWaiting)
      .when(withdrawIt)
      .then(lapsed(intentWithdrawn)))
})

describe('While people are asked, a deployment', () => {
  it('stays as it is, where nothing that they were asked about changed', () => {
    const later = check(asks, { facts: weak, at: '2026-11-26T08:00:00.000Z', asOf: { position: 99, event: opening.id.padStart(36, '0') } })
    given(...isAsking)
      .when(checkIt(later))
      .thenUnchanged()
  })

  it('asks again under another id where it did, says what changed, and withdraws the first question', () =>
    given(...isAsking)
      .when(checkIt(needsOthers))
      .then(
        checked(needsOthers),
        required(needsOthers, { approvalId: 'd1.2', supersedes: 'd1.1', changed: ['evaluation.balancedAccuracy'] }),
      ))

  it('is cleared without them, where nobody needs to be asked any more', () =>
    given(...isAsking)
      .when(checkIt(passes))
      .then(checked(passes), cleared(passes, { supersedes: 'd1.1' })))

  it('is blocked without them, where a rule fails', () =>
    given(...isAsking)
      .when(checkIt(fails))
      .then(checked(fails), blocked(fails, { supersedes: 'd1.1' })))

  it('is cleared when they agree', () =>
    given(...isAsking)
      .when(answerIt('granted'))
      .then(cleared(needsPeople, { approvalId: 'd1.1' })))

  it('is refused when they do not', () =>
    given(...isAsking)
      .when(answerIt('rejected'))
      .then(refused))

  it('does not lapse by time', () =>
    given(...isAsking)
      .when(lapseIt('2027-01-01T00:00:00.000Z'))
      .thenRejected('not-due'))

  it('lapses when its intent is withdrawn, and the question with it', () =>
    given(...isAsking)
      .when(withdrawIt)
      .then(lapsed(intentWithdrawn, { supersedes: 'd1.1' })))
})

describe('An answer', () => {
  const askedAgain = [...isAsking, checked(needsOthers), required(needsOthers, { approvalId: 'd1.2', supersedes: 'd1.1', changed: [] })]

  it.each<[string, DeploymentCommand]>([
    ['over other content', answerIt('granted', { digest: digest('other') })],
    ['of another approval', answerIt('granted', { approvalId: 'd1.9' })],
    ['about another deployment', answerIt('granted', { deployment: 'd2' })],
  ])('%s does not count', (_, answer) =>
    given(...isAsking)
      .when(answer)
      .thenRejected('other-content'),
  )

  it('to a question that is no longer asked does not count', () =>
    given(...askedAgain)
      .when(answerIt('granted'))
      .thenRejected('other-content'))

  it('to what was decided without it does not count', () => {
    given(...isCleared)
      .when(answerIt('granted'))
      .thenRejected('other-content')
    given(...isAsking, checked(fails), blocked(fails, { supersedes: 'd1.1' }))
      .when(answerIt('rejected'))
      .thenRejected('other-content')
  })

  it('that comes again is the same answer', () => {
    given(...isGranted)
      .when(answerIt('granted'))
      .thenUnchanged()
    given(...isAsking, refused)
      .when(answerIt('rejected'))
      .thenUnchanged()
  })

  it('cannot be turned round', () => {
    given(...isGranted)
      .when(answerIt('rejected'))
      .thenRejected('other-content')
    given(...isAsking, refused)
      .when(answerIt('granted'))
      .thenRejected('other-content')
  })
})

describe('A clearance', () => {
  it('stays while nothing comes out otherwise', () =>
    given(...isCleared)
      .when(checkIt(check(asks, { at: '2026-11-26T00:00:00.000Z' })))
      .thenUnchanged())

  it.each<[string, CheckResult]>([
    ['an enforced rule fails', fails],
    ['an enforced rule is unknown and its policy blocks', unknown],
    [
      'an enforced rule is in error',
      check([policy({ assert: '100 / evaluations.count > 1' })], { facts: changed(facts, 'evaluations.count', 0) }),
    ],
    [
      'its facts are too many to be recorded',
      check([policy({ assert: "model.intendedUse != ''" })], { facts: changed(facts, 'model.intendedUse', 'x'.repeat(70_000)) }),
    ],
  ])('falls when %s, and says what to do and until when', (_, found) =>
    given(...isCleared)
      .when(checkIt(found))
      .then(checked(found), revoked(found)),
  )

  it('falls when its intent is withdrawn', () =>
    given(...isCleared)
      .when(withdrawIt)
      .then({
        ...revoked(passes, intentWithdrawn),
        remediation: { steps: ['End the roll-out.'], by: '2026-11-25T13:00:00.000Z' },
      } as DeploymentEvent))

  it('stays when an approval would be needed today: that is told, and no more', () =>
    given(...isCleared)
      .when(checkIt(needsPeople))
      .then(checked(needsPeople, 'high-risk')))

  it('stays when people already agreed, and tells nothing anew', () =>
    given(...isGranted)
      .when(checkIt(needsOthers))
      .thenUnchanged())

  it('stays when nobody could be asked about what became unknown', () =>
    given(...isCleared)
      .when(checkIt(leftToPeople))
      .then(checked(leftToPeople)))

  it('stays when the policies that it passed are gone', () =>
    given(...isCleared)
      .when(checkIt(unregulated))
      .thenUnchanged())

  it('stays when a rule that only warns fails, and the failure is recorded', () => {
    const warned = check([...asks, policy({ id: 'warned', mode: 'warn', assert: 'false' })])
    given(...isCleared)
      .when(checkIt(warned))
      .then(checked(warned))
  })

  it('stays for the artifact that was checked', () => expect(fold(deployment, isCleared)).toMatchObject({ status: 'cleared', target }))
})

describe.each(ends)('What is %s', (status, history) => {
  it('is final', () => {
    const state = fold(deployment, history)
    expect(state.status).toBe(status)
    expect(isFinal(state)).toBe(true)
  })

  it.each([checkIt(passes), checkIt(needsPeople), checkIt(fails), withdrawIt, openIt])('stays so after $type', command =>
    given(...history)
      .when(command)
      .thenUnchanged(),
  )

  it('is not cleared by an answer that comes late', () =>
    given(...history)
      .when(answerIt('granted'))
      .thenRejected('other-content'))
})

it.each([isWaiting, isAsking, isCleared])('What waits, awaits approval or is cleared is not final', (...history) =>
  expect(isFinal(fold(deployment, history))).toBe(false),
)

describe('A deployment by whatever comes', () => {
  const results = [
    passes,
    needsPeople,
    needsOthers,
    fails,
    unknown,
    leftToPeople,
    unregulated,
    check(asks, { people: people.slice(1), facts: weak }),
  ]
  const answers = record({
    type: constant('answer-deployment' as const),
    approvalId: constantFrom('d1.1', 'd1.1', 'd1.2'),
    deployment: constant('d1'),
    digest: constantFrom(needsPeople.check.materialDigest, needsPeople.check.materialDigest, needsOthers.check.materialDigest),
    answer: constantFrom('granted' as const, 'rejected' as const),
  })
  const commands = oneof(
    { arbitrary: constant(openIt), weight: 8 },
    { arbitrary: constantFrom(needsPeople, ...results).map(checkIt), weight: 4 },
    { arbitrary: answers, weight: 4 },
    constantFrom(lapseIt('2026-11-25T13:00:00.000Z'), lapseIt('2026-12-01T00:00:00.000Z'), withdrawIt),
  )
  obeysTheLaws(deployment, commands, store)

  it('is cleared only by a check in which all passed, or by people who agreed to what was found last', () =>
    assert(
      property(array(commands, { maxLength: 12, size: 'max' }), sent => {
        const history: DeploymentEvent[] = []
        for (const command of sent) {
          const decision = deployment.decide(command, fold(deployment, history))
          const events = decision.kind === 'recorded' ? decision.events : []
          const last = history.findLast(({ type }) => type !== 'deployment.opened')
          for (const event of events.filter(({ type }) => type === 'deployment.cleared')) {
            expect(event).toMatchObject({ materialDigest: lastCheck([...history, ...events])?.materialDigest })
            if (command.type === 'check-deployment') expect(command.judgement.verdict).toBe('cleared')
            else {
              expect(command).toMatchObject({ type: 'answer-deployment', answer: 'granted' })
              expect(last).toMatchObject({ type: 'deployment.approval-required', ...questionOf(command) })
            }
          }
          history.push(...events)
        }
      }),
    ))

  it('once it is final, records nothing more', () =>
    assert(
      property(array(commands, { maxLength: 12, size: 'max' }), commands, (sent, next) => {
        const state = sent.reduce((before, command) => {
          const decision = deployment.decide(command, before)
          return decision.kind === 'recorded' ? decision.events.reduce(deployment.evolve, before) : before
        }, deployment.initial)
        if (isFinal(state)) expect(deployment.decide(next, state).kind).not.toBe('recorded')
      }),
    ))
})

const lastCheck = (events: readonly DeploymentEvent[]) => events.findLast(event => event.type === 'deployment.checked')
const questionOf = (command: DeploymentCommand) =>
  command.type === 'answer-deployment' ? { approvalId: command.approvalId, digest: command.digest } : {}

describe('While something that its facts come from waits to be processed, a deployment', () => {
  it('is not cleared, blocked or asked about again', () => {
    given(...isWaiting)
      .when(checkIt(passes, { held: true }))
      .thenUnchanged()
    given(...isWaiting)
      .when(checkIt(fails, { held: true }))
      .thenUnchanged()
    given(...isWaiting, checked(needsPeople), required(needsPeople))
      .when(checkIt(passes, { held: true }))
      .thenUnchanged()
  })

  it('still loses a clearance that a rule stands against', () =>
    given(...isWaiting, checked(passes), cleared(passes))
      .when(checkIt(fails, { held: true, missing: ['dataset-applications'] }))
      .then(checked(fails), revoked(fails)))
})

describe('A check that is older than what was decided on', () => {
  const earlier = (result: CheckResult): CheckResult => ({
    ...result,
    check: { ...result.check, asOf: { ...result.check.asOf, position: result.check.asOf.position - 1 } },
  })

  it('changes nothing: it comes from a step that was overtaken', () => {
    given(...isWaiting, checked(needsPeople), required(needsPeople))
      .when(checkIt(earlier(passes)))
      .thenUnchanged()
    given(...isWaiting, checked(passes), cleared(passes))
      .when(checkIt(earlier(fails)))
      .thenUnchanged()
  })
})
