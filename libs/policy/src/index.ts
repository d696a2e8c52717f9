export {
  casesIn,
  expectedOf,
  isOfCases,
  parseCaseFile,
  type Expected,
  type ParsedCaseFile,
  type ReadCase,
  type ReadCases,
} from './cases/case-file.ts'
export { casesFor } from './cases/cases-for.ts'
export { changeBetween, factsOf } from './cases/changed-facts.ts'
export { misfitsOf } from './cases/misfits.ts'
export {
  compileAll,
  runCases,
  caseResultsOf,
  withoutCase,
  type CaseDifference,
  type CaseResult,
  type CompiledById,
} from './cases/run-cases.ts'
export { compileExpression, type Compilation, type CompiledExpression, type CompileOptions } from './compile.ts'
export type { Diagnostic, DiagnosticSeverity } from './diagnostic.ts'
export { differencesBetween, type DocumentDifference } from './difference.ts'
export {
  compileDocument,
  type CompiledApprovalRule,
  type CompiledDocument,
  type CompiledPolicy,
  type CompiledRule,
  type DocumentCompilation,
  type DocumentDiagnostic,
  type Published,
} from './document.ts'
export { evaluateExpression, type Evaluation } from './evaluate.ts'
export type { Explained, Truth } from './scope.ts'
export { explain } from './explanation.ts'
export { explanationTree, treeText, type ExplanationTree } from './explanation-tree.ts'
export { evaluatedFrom, policySetDigest, recordOf, type DecisionRecord } from './engine/decision-record.ts'
export {
  approvalResultsOf,
  compilePolicySet,
  decide,
  evaluatePolicySet,
  outcomes,
  resultsOf,
  type Engine,
  type Evaluated,
  type PolicySet,
} from './engine/policy-set.ts'
export {
  evaluateApprovalRule,
  evaluatePolicy,
  type ApprovalRuleResult,
  type Outcome,
  type PolicyResult,
  type RuleResult,
} from './policy.ts'
export { errorAt, examinePolicyFiles, type ExaminedFiles, type PolicyFile, type PolicySource } from './policy-files.ts'
export { formatDiagnostic, parsePolicyText, type FileDiagnostic, type ParsedDocument, type PolicyText } from './policy-text.ts'
export { readerOf, readsOf, snapshotOf, type Read } from './reads.ts'
export { nearest } from './suggestion.ts'
export { engineVersion } from './version.ts'
