import type { AlertKind } from '@muster/contracts'
import type { AlertAction } from '@muster/domain'
import { describe, expect, it } from 'vitest'
import type { OpenAlert } from './open-alerts/rows.ts'
import { planFor } from './plan.ts'

const raise = (subject: string, rule?: string, kind: AlertKind = 'deployment-blocked'): AlertAction => ({
  kind: 'raise',
  key: { kind, subject, ...(rule !== undefined && { rule }) },
  alert: {
    kind,
    subject,
    cause: '00000000-0000-4000-8000-000000000001',
    severity: 'high',
    title: subject,
    values: {},
    datasets: [],
    remediation: { steps: [] },
    links: [],
  },
})
const resolve = (subject: string, except?: readonly string[], kinds: readonly AlertKind[] = ['deployment-blocked']): AlertAction => ({
  kind: 'resolve',
  kinds,
  subject,
  because: 'It is over.',
  ...(except !== undefined && { except }),
})
const open = (subject: string, rule?: string, kind: AlertKind = 'deployment-blocked'): OpenAlert => ({
  id: [kind, subject, rule].join(' '),
  kind,
  subject,
  ...(rule !== undefined && { rule }),
})

const plan = (standing: readonly OpenAlert[], ...actions: AlertAction[]) => {
  const { steps, opened, ended } = planFor(
    actions.map((action, index) => ({ action, cause: { id: String(index) } })),
    standing,
    ({ kind, subject, rule }) => [kind, subject, rule].join(' '),
  )
  return {
    steps: steps.map(({ id, command, cause }) => `${cause.id} ${command.type} ${id.trim()}`),
    opened: opened.map(({ id }) => id),
    ended,
  }
}

describe('Facts that end an alert', () => {
  it('end what was raised long ago', () =>
    expect(plan([open('a', 'r')], resolve('a'))).toEqual({
      steps: ['0 resolve-alert deployment-blocked a r'],
      opened: [],
      ended: ['deployment-blocked a r'],
    }))

  it('end what was raised just before, in the same batch', () =>
    expect(plan([], raise('a', 'r'), raise('a', 's'), resolve('a'))).toEqual({
      steps: [
        '0 raise-alert deployment-blocked a r',
        '1 raise-alert deployment-blocked a s',
        '2 resolve-alert deployment-blocked a r',
        '2 resolve-alert deployment-blocked a s',
      ],
      opened: [],
      ended: [],
    }))

  it('do not end what is raised after them', () =>
    expect(plan([open('a', 'r')], resolve('a'), raise('a', 'r'))).toEqual({
      steps: ['0 resolve-alert deployment-blocked a r', '1 raise-alert deployment-blocked a r'],
      opened: [],
      ended: [],
    }))

  it('end only alerts of their kinds and their subject, and none of a rule that still warns', () =>
    expect(
      plan(
        [open('a', 'r', 'rule-warned'), open('a', 's', 'rule-warned'), open('b', 'r', 'rule-warned'), open('a', 'r')],
        resolve('a', ['s'], ['rule-warned']),
      ),
    ).toEqual({ steps: ['0 resolve-alert rule-warned a r'], opened: [], ended: ['rule-warned a r'] }))

  it('end nothing where nothing is open', () => expect(plan([], resolve('a'))).toEqual({ steps: [], opened: [], ended: [] }))
})

it('An alert that is open is not raised again', () => {
  expect(plan([open('a', 'r')], raise('a', 'r'))).toEqual({ steps: [], opened: [], ended: [] })
  expect(plan([], raise('a', 'r'), raise('a', 'r')).steps).toEqual(['0 raise-alert deployment-blocked a r'])
})
