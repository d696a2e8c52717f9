export { alertEvents, alertKinds, alertRaised, alertResolved, type AlertEvent, type AlertKind, type AlertRaised } from './alerts/events.ts'
export { AlertView } from './alerts/views.ts'
export {
  approvalEvents,
  approvalGranted,
  approvalRejected,
  approvalRequested,
  approvalSignatureRefused,
  approvalSigned,
  approvalWithdrawn,
  Verdict,
  type ApprovalEvent,
  type ApprovalRequested,
  type ApprovalSigned,
} from './approvals/events.ts'
export { About, aboutKinds, Exclusion, Question } from './approvals/question.ts'
export { ApprovalStatus, ApprovalSummary, ApprovalView, SignApproval } from './approvals/views.ts'
export { canonicalJson } from './canonical.ts'
export { decodeEvent, encodeEvent, UnknownEventType } from './codec.ts'
export {
  AppliedPolicy,
  ApprovalRuleCheck,
  Because,
  Check,
  ExplainedCheck,
  isUnmet,
  passedRule,
  PassedRule,
  Reason,
  RuleCheck,
  Target,
  Truth,
  UnmetRule,
  verdicts,
} from './deployments/check.ts'
export {
  deploymentApprovalRequired,
  deploymentBlocked,
  deploymentChecked,
  deploymentCleared,
  deploymentEvents,
  deploymentLapsed,
  deploymentOpened,
  deploymentRefused,
  deploymentRevoked,
  violationEnded,
  violationEvents,
  violationFound,
  violationKinds,
  type ApprovalRequired,
  type DeploymentChecked,
  type DeploymentEvent,
  type ViolationEvent,
  type ViolationFound,
} from './deployments/events.ts'
export { DecisionMessage, decisionStatuses } from './deployments/message.ts'
export { deploymentCheckedV1, supersededDeploymentEvents } from './deployments/superseded.ts'
export { DeploymentStatus, deploymentStatuses, DeploymentSummary, DeploymentView, DryRun, ViolationView } from './deployments/views.ts'
export { Context, deepestEvent, longestEvent } from './envelope.ts'
export { defineEvent, fromWireType, storedType, supersede, toWireType, wireType, type EventDefinition, type EventOf } from './event.ts'
export {
  checkOutcomes,
  dataCategories,
  decisionPoints,
  documentKinds,
  factsSchema,
  modelTypes,
  riskTiers,
  type FactField,
  type FactFields,
  type Facts,
  type FactsSchema,
  type FactType,
  type FactValue,
} from './facts.ts'
export {
  categories,
  isCategory,
  parseStream,
  parseSubject,
  streamName,
  streamOfSubject,
  subjectOf,
  type Category,
  type StreamName,
  type SubjectParts,
} from './ids.ts'
export {
  parkingEntered,
  parkingEvents,
  parkingReleased,
  quarantineEntered,
  quarantineEvents,
  quarantineReasons,
  quarantineReleased,
  type ParkingEvent,
  type QuarantineEvent,
  type QuarantineReason,
} from './intake/events.ts'
export { ledgerEvents, ledgerKeyAdded, ledgerKeyRetired, type LedgerEvent } from './ledger/events.ts'
export { DeclareIntent, ReleaseMessage, WithdrawIntent } from './lifecycle/commands.ts'
export {
  datasetProfiled,
  datasetRegistered,
  endpointRegistered,
  intentDeclared,
  intentWithdrawn,
  lifecycleEvents,
  modelOwnerAssigned,
  modelRegistered,
  modelRiskTiered,
  rolloutEnded,
  rolloutObserved,
  versionDocumented,
  versionEvaluated,
  versionRegistered,
  versionTrained,
  type DatasetEvent,
  type EndpointEvent,
  type IntentDeclared,
  type IntentEvent,
  type LifecycleEvent,
  type ModelEvent,
  type VersionEvent,
} from './lifecycle/events.ts'
export { EventReceipt, IntentAnswer, QuarantinedMessage, QuarantineEntry } from './lifecycle/views.ts'
export {
  erasedText,
  isPersonal,
  isSameText,
  personalFieldsOf,
  unreadableText,
  visitPersonalTexts,
  type Brought,
  type PersonalField,
  type PersonalPath,
  type PersonalText,
} from './personal/personal-texts.ts'
export { textFields, textsOfEvents } from './personal/text-fields.ts'
export { personErased, personEvents, type PersonEvent } from './persons/events.ts'
export { ErasePersonRequest, Erasure, ErasureReport } from './persons/views.ts'
export {
  backtestClasses,
  BacktestDifference,
  backtestStatuses,
  BacktestSummary,
  BacktestTally,
  BacktestView,
  differenceClasses,
  RunningViolation,
  StartBacktest,
  type BacktestClass,
  type BacktestStatus,
  type DifferenceClass,
} from './policies/backtest.ts'
export { FactsChange, PolicyCase, PolicyCaseFile, PolicyCases } from './policies/cases.ts'
export { ActivatePolicy, CommentPolicy, DiscardDraft, DraftPolicy, RetirePolicy, SubmitPolicy } from './policies/commands.ts'
export { ApprovalRule, IsoDuration, Need, Policy, PolicyDocument, PolicyMode, PolicyRule, Severity } from './policies/document.ts'
export {
  Author,
  policyActivated,
  policyApproved,
  policyChangesRequested,
  policyCommented,
  policyDiscarded,
  policyDrafted,
  policyEvents,
  policyPublished,
  policyRetired,
  policyRevised,
  policySubmitted,
  PolicyVersion,
  type PolicyCommented,
  type PolicyEvent,
  type PolicyPublished,
  type PolicySubmitted,
} from './policies/events.ts'
export { isTrial, modeOf } from './policies/mode.ts'
export { performanceFindings, PolicyPerformance, PolicyPerformancePage } from './policies/performance.ts'
export { PolicyChangeView, PolicyDifference, PolicyHistoryEntry, policyStatuses, PolicyVersionView, PolicyView } from './policies/views.ts'
export { ClaimedName, Digest, Fact, Instant, Json, Labels, Name, Person, Personal, Position, Rate, Role, Uri } from './primitives.ts'
export { Problem, problemType } from './problem.ts'
export { type Recorded } from './recorded.ts'
export { eventDefinitions, findDefinition, newestDefinition, upcasted, type AnyEvent } from './registry.ts'
export { LogEntry, LogPosition, pageOf, PageQuery, ParkedKey, type Page } from './views.ts'
