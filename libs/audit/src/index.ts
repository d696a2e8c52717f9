export { exportBundle, type Bundle, type ExportOptions } from './bundle/export.ts'
export { readTrust, writeTrust } from './bundle/key-ranges.ts'
export {
  describeScope,
  frontFiles,
  linesAPart,
  manifestFile,
  partName,
  partsOf,
  readManifest,
  type FrontFile,
  type Manifest,
  type Scope,
} from './bundle/manifest.ts'
export { openFront, type Front } from './bundle/open.ts'
export type { LedgerSource } from './bundle/source.ts'
export { type Finding, type Part } from './fsck/finding.ts'
export { fsckLog, type LogFsck, type LogFsckOptions } from './fsck/fsck.ts'
export { publicationOfLog, toldTopics, type Publication, type ToldMessage, type ToldTopic } from './fsck/published.ts'
export { compareRows, type Row, type Shown } from './fsck/rows.ts'
export type { Rest } from './fsck/resting.ts'
export { sealedLog, type SealedLog } from './fsck/sealed.ts'
export { lists, standingOfLog, type List, type Standing } from './fsck/standing.ts'
export { decideAgain, type Decided, type DecidedFrom, type Decisions } from './reperform/decided-again.ts'
export { readPin, writePin, type Pin } from './verify/pin.ts'
export { unreadable, type BundleFinding, type BundleReport } from './verify/report.ts'
export { verifyBundle, type BundleVerifier, type VerifyOptions } from './verify/verify-bundle.ts'
