/** A policy as people write it, with one thing or another changed. */
export const policyText = (
  id: string,
  { assert = 'evaluation.balancedAccuracy >= 0.65', title = 'The model separates well enough' } = {},
): string =>
  `apiVersion: muster.dev/v1
kind: Policy
id: ${id}
title: ${title}
owner: group:model-risk
severity: high
at: [intent]
appliesTo: intent.environment == 'production'
rules:
  - id: holds
    assert: ${assert}
    message: It does not separate well enough.
onUnknown: block
`

export const approvalRuleText = (id: string): string =>
  `apiVersion: muster.dev/v1
kind: ApprovalRule
id: ${id}
title: A high risk needs a person
owner: group:model-risk
appliesTo: 'true'
when: model.riskTier == 'high'
needs: [{ role: model-risk, count: 1 }]
`
