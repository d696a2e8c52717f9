import { createPrivateKey, createPublicKey, sign, verify as verifyEd25519 } from 'node:crypto'
import type { Context } from '@muster/contracts'
import type { CommittedEvent } from '../leaf/leaf.ts'
import { signCheckpoint } from '../notes/checkpoint.ts'
import { cosign } from '../notes/cosignature.ts'
import { noteKey, type Ed25519Verify, type KeyKind, type Signer } from '../notes/key.ts'
import type { Trust } from '../notes/trust.ts'
import { appendLeaves, emptyRange } from '../tree/compact-range.ts'
import type { Hash } from '../tree/hasher.ts'
import { inclusionProof, type NodeSource } from '../tree/proofs.ts'
import { hasher, mth, sha256, someLeaves } from './naive-tree.ts'

/* A small log with its keys and witnesses, the same in every run. */

export const verify: Ed25519Verify = (publicKey, message, signature) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }
  return verifyEd25519(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}

export function signer(kind: KeyKind, name: string, seed: number): Signer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x as string, 'base64url')
  return { key: noteKey(sha256, kind, name, new Uint8Array(publicKey)), sign: message => new Uint8Array(sign(null, message, key)) }
}

export const origin = 'muster.example/log'
export const log = signer('log', origin, 1)
export const nextLog = signer('log', origin, 2)
export const witnesses = [signer('witness', 'witness.example/a', 3), signer('witness', 'witness.example/b', 4)] as const
export const trust: Trust = {
  origin,
  logKeys: [{ key: log.key, from: 0 }],
  witnesses: [
    { name: 'a', keys: [witnesses[0].key] },
    { name: 'b', keys: [witnesses[1].key] },
  ],
  quorum: 2,
}

export const leaves = someLeaves(40)
const kept = new Map<string, Hash>()
appendLeaves(
  hasher,
  emptyRange(),
  leaves.map(leaf => hasher.leaf(leaf)),
  (level, index, hash) => kept.set(`${level}/${index}`, hash),
)
export const nodes: NodeSource = ({ level, index }) => kept.get(`${level}/${index}`)
export const headOf = (size: number) => ({ size, root: mth(leaves.slice(0, size)) })

export const signedBy = (size: number, ...signers: readonly [Signer, ...Signer[]]): string =>
  signCheckpoint({ origin, ...headOf(size), extensions: [] }, signers)

/** Signed by the log and cosigned by these, at 1,000 s, 1,001 s … */
export function cosigned(size: number, by: readonly Signer[] = witnesses): string {
  const signed = signedBy(size, log)
  const text = signed.slice(0, signed.lastIndexOf('\n\n') + 1)
  return signed + by.map((witness, place) => cosign(text, 1_000 + place, witness)).join('')
}
export function proofOf(index: number, size: number): readonly Hash[] {
  const proof = inclusionProof(hasher, nodes, index, size)
  if (!proof.ok) throw new Error(proof.message)
  return proof.value
}

const context: Context = {
  id: '6c1e5c39-0000-5000-8000-000000000000',
  source: '/muster/approvals',
  type: 'dev.muster.approval.granted.v1',
  subject: 'a1',
  partitionkey: 'credit',
  time: '2026-03-03T09:15:02.118Z',
  correlationid: 'c1',
  authtype: 'user',
  authid: 'ana',
}
export const event: CommittedEvent = {
  stream: 'approval-a1',
  revision: 3,
  id: context.id,
  type: 'approval.granted.v1',
  recordedtime: '2026-03-03T09:15:02.200Z',
  context,
  data: '{"about":{"id":"d1","kind":"deployment"},"digest":"sha256:00"}',
}
