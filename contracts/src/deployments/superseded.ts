import { defineEvent, supersede } from '../event.ts'
import { ExplainedCheck, type RuleCheck } from './check.ts'
import { deploymentChecked } from './events.ts'

/* What was recorded until 2026-11-25: also why rules passed and approval rules ask nobody, which was three quarters of its bytes. */

const { newlyAsked } = deploymentChecked.data.shape

export const deploymentCheckedV1 = defineEvent({
  ...deploymentChecked,
  version: 1,
  data: ExplainedCheck.extend({ newlyAsked }),
})

const recorded = (rule: RuleCheck) => {
  const { policy, version, mode, severity, outcome } = rule
  return outcome === 'pass' ? { policy, version, mode, rule: rule.rule, severity, outcome } : { ...rule, outcome }
}

export const supersededDeploymentEvents = [
  supersede(deploymentCheckedV1, deploymentChecked, check => ({
    ...check,
    rules: check.rules.map(recorded),
    approvalRules: check.approvalRules.map(rule => (rule.needed === false ? { ...rule, because: [] } : rule)),
  })),
] as const
