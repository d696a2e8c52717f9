export { compileExpression, type Compilation, type CompiledExpression, type CompileOptions } from './compile.ts'
export type { Diagnostic, DiagnosticSeverity } from './diagnostic.ts'
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
export { readsOf, snapshotOf, type Read } from './reads.ts'
export { nearest } from './suggestion.ts'
export { engineVersion } from './version.ts'
