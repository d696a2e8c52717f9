import type { ApprovalView, RunningViolation } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import type { Client } from '../client.ts'
import { violationsOf } from './sign.ts'

const violation = { deployment: 'credit-v2' } as RunningViolation
const asked: unknown[] = []
const client = {
  get: (path: string, query: unknown) => Promise.resolve({ status: 200, body: { items: (asked.push([path, query]), [violation]) } }),
} as unknown as Client
const proposing = (runningViolations: number) => ({ proposal: { backtest: { id: 'b 1', runningViolations } } }) as unknown as ApprovalView

describe('Whoever is asked to agree to a policy', () => {
  it('sees what runs and would lose its clearance by it', async () => {
    expect(await violationsOf(client, proposing(1))).toEqual([violation])
    expect(asked).toEqual([['/v1/backtests/b%201/violations', { limit: 20 }]])
  })

  it.each([
    ['nothing of that kind ran', proposing(0)],
    ['a deployment is what is asked about', {} as ApprovalView],
  ])('sees nothing where %s', async (_, approval) => expect(await violationsOf(client, approval)).toEqual([]))
})
