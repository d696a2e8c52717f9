import { defineEvent, supersede } from '../event.ts'
import { ExplainedCheck, passedRule } from './check.ts'
import { deploymentChecked } from './events.ts'

/* What was recorded until 2026-11-25: also why rules passed and approval rules ask nobody, which was three quarters of its bytes. */

const { newlyAsked } = deploymentChecked.data.shape

export const deploymentCheckedV1 = defineEvent({
  ...deploymentChecked,
  version: 1,
  data: ExplainedCheck.extend({ newlyAsked }),
})

export const supersededDeploymentEvents = [
  supersede(deploymentCheckedV1, deploymentChecked, check => ({
    ...check,
    rules: check.rules.map(rule => (rule.outcome === 'pass' ? passedRule(rule) : { ...rule, outcome: rule.outcome })),
    approvalRules: check.approvalRules.map(rule => (rule.needed === false ? { ...rule, because: [] } : rule)),
  })),
] as const
