export { alert, alertId, type AlertCommand, type AlertKey, type AlertRejection, type AlertState } from './alerts/alert.ts'
export { placeSubject, versionSubject } from './alerts/deployment-alerts.ts'
export { react as reactForAlerts } from './alerts/reactor.ts'
export type { AlertAction, AlertFacts, WatchedEvent } from './alerts/watched.ts'
export {
  approval,
  couldSign,
  type ApprovalCommand,
  type ApprovalQuestion,
  type ApprovalRejection,
  type ApprovalState,
} from './approvals/approval.ts'
export { react as reactForApprovals } from './approvals/reactor.ts'
export { compileDraft, type Draft, type DraftCompilation } from './backtests/draft.ts'
export { aboutFrom, aboutModel, mentions, recordedFacts, type About, type Mentions } from './backtests/facts-then.ts'
export { checkReader, type CheckReader, type RecordedCheck } from './backtests/recorded-check.ts'
export { emptyReport, foldReport, type Counts, type Found as FoundByBacktest, type Report } from './backtests/report.ts'
export { violationsBy, type Violated } from './backtests/running.ts'
export { tellDifference, type Decided } from './backtests/telling.ts'
export { whatIf, type VersionOf, type WhatIf } from './backtests/what-if.ts'
export {
  changedDocuments,
  inForceById,
  isAffected,
  sieveOf,
  type Affectable,
  type Glance,
  type InForceById,
} from './deployments/affected.ts'
export {
  changesCatalogue,
  emptyCatalogue,
  foldCatalogue,
  inForce,
  type Catalogue,
  type InForce,
  type PublishedVersion,
} from './deployments/catalogue.ts'
export { changedPaths, outcomesChanged } from './deployments/change.ts'
export { performCheck, type CheckInput, type CheckResult } from './deployments/check.ts'
export { deployment, isFinal, type DeploymentCommand, type DeploymentRejection, type DeploymentState } from './deployments/deployment.ts'
export {
  evidenceVersion,
  foldDataset,
  foldEndpoint,
  foldIntent,
  foldModel,
  foldVersion,
  isSameRollout,
  noDataset,
  noEndpoint,
  noIntent,
  noModel,
  noVersion,
  type DatasetEvidence,
  type EndpointEvidence,
  type IntentEvidence,
  type ModelEvidence,
  type Rollout,
  type VersionEvidence,
} from './deployments/evidence.ts'
export {
  datasetsOf,
  factsOf,
  missingRegistrations,
  peopleOf,
  subjectsOf,
  type DecisionPoint,
  type Evidence,
  type PersonOf,
  type PersonUse,
} from './deployments/facts.ts'
export { explainedCheck, policyStreamsOf, publishedVersions, type PolicyVersionOf } from './deployments/explained-check.ts'
export { judge, reasonOf, stops, type Judgement, type Question } from './deployments/judgement.ts'
export { milliseconds, remediationOf, stepsOf } from './deployments/remediation.ts'
export { violation, violationOf, type Clearance, type Found, type ViolationCommand, type ViolationState } from './deployments/violation.ts'
export { admit, idReused, type Admission, type Candidate, type StreamMemory } from './lifecycle/admission.ts'
export { quarantine, type QuarantineCommand, type QuarantineRejection, type QuarantineState } from './lifecycle/quarantine.ts'
export { ledgerKeys, type AnnounceKeys, type KeyRange, type LedgerKeysRejection, type LedgerKeysState } from './ledger/ledger-keys.ts'
export { person, type ErasePerson, type PersonState } from './persons/person.ts'
export { unknownAuthor, withAuthor } from './policies/authors.ts'
export { policy, type PolicyChange, type PolicyCommand, type PolicyRejection, type PolicyState } from './policies/policy.ts'
export { foldEvidence, isEvidenceStream, noEvidence, type StreamEvidence } from './deployments/stream-evidence.ts'
