import { defineEvent, supersede } from '../event.ts'
import { ExplainedCheck, type RuleCheck } from './check.ts'
import { deploymentChecked } from './events.ts'

/* What was recorded until 2026-11-25: of the rules that passed too it said why, which were three quarters of its bytes. */

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
  supersede(deploymentCheckedV1, deploymentChecked, check => ({ ...check, rules: check.rules.map(recorded) })),
] as const
