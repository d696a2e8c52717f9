import { describe, expect, it } from 'vitest'
import { triedOf } from './life.command.ts'

type Policy = Parameters<typeof triedOf>[0]
type Change = NonNullable<Policy['change']>

const policy = (rest: Partial<Policy>): Policy => ({ id: 'calibration', status: 'in-force', version: 1, ...rest })
const change = (rest: Partial<Change>): Change => rest as Change

describe('What is activated', () => {
  it.each([
    [
      'in review',
      { change: change({ status: 'in-review', approvalId: 'policy:calibration~2' }) },
      'muster approvals show policy:calibration~2',
    ],
    ['sent back', { change: change({ status: 'changes-requested' }) }, 'submit it first'],
    ['in force already', {}, 'version 1 is in-force'],
  ] as const)('is no policy that is %s: the message says what it waits for', (_, rest, told) => {
    expect(() => triedOf(policy(rest))).toThrow(told)
  })
})
