export { fromBase64, sameBytes, toBase64, toHex } from './bytes.ts'
export { contentOf, eventLine, leafOfLine, longestLine, readEventLine, type EventLine } from './leaf/event-line.ts'
export { digestOfText, envelopeText, leafOf, leafText, readLeaf, type CommittedEvent, type CommittedLeaf, type Leaf } from './leaf/leaf.ts'
export { checkCanonical } from './leaf/strict-json.ts'
export { checkpointText, readCheckpointText, signCheckpoint, type Checkpoint } from './notes/checkpoint.ts'
export { cosign, verifyCosignature } from './notes/cosignature.ts'
export { noteKey, readKey, writeKey, type Ed25519Sign, type Ed25519Verify, type KeyKind, type NoteKey, type Signer } from './notes/key.ts'
export { readNote, readSignatures, signatureLine, writeNote, type Note, type NoteSignature } from './notes/note.ts'
export { openCheckpoint, type OpenedCheckpoint } from './notes/open-checkpoint.ts'
export { readProofFile, verifyProofFile, writeProofFile, type ProofFile } from './notes/proof-file.ts'
export { readSecretKey, seedLength, writeSecretKey, type PublicKeyOf, type SecretKey } from './notes/secret-key.ts'
export { checkTrust, isInForce, type LogKey, type Trust, type Witness } from './notes/trust.ts'
export { judgeCheckpoint, readAddCheckpoint, writeAddCheckpoint, type AddCheckpoint, type WitnessDecision } from './notes/witness.ts'
export { accept, passed, refuse, type Refused, type Result } from './result.ts'
export { longestEntry, readEntries, writeEntries } from './tiles/entries.ts'
export { edgeOf, growTiles, noEdge, withMiddle, type Edge } from './tiles/growth.ts'
export { nodesOf, nodesOfTiles, openTile, tilesFor, type OpenTile } from './tiles/tile-nodes.ts'
export {
  bundlePath,
  partialTiles,
  readBundlePath,
  readTilePath,
  tileAround,
  tilePath,
  tilesOf,
  tileWidth,
  type BundlePlace,
  type SealedTile,
  type Tile,
  type TilePlace,
} from './tiles/tile.ts'
export { blocksOf, type Block, type Span } from './tree/blocks.ts'
export { appendLeaves, emptyRange, isCompactRange, mergeRanges, rootOf, type CompactRange, type Visit } from './tree/compact-range.ts'
export { hashLength, treeHasher, type Hash, type TreeHasher } from './tree/hasher.ts'
export { consistencyProof, consistencySpans, inclusionProof, inclusionSpans, type NodeSource } from './tree/proofs.ts'
export { isSplitView, verifyConsistency, verifyInclusion, type Inclusion, type TreeHead } from './tree/verification.ts'
export { followLeaves, verifyLeaves, type Finding, type Follower } from './verify/follow.ts'
export { followRevisions, type Revisions } from './verify/revisions.ts'
