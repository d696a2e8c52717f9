import { createPrivateKey, createPublicKey, hash, sign, verify as verifyEd25519 } from 'node:crypto'
import type { Context } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import { noteKey, type CommittedEvent, type Ed25519Verify, type Signer } from '@muster/ledger'

/* Events of about 1 KB as a log has them, twenty to a stream, and the key that signs checkpoints. The same on every machine. */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')
export const origin = 'bench.example/log'
export const revisions = 20

export function eventOf(index: number): CommittedEvent {
  const number = Math.floor(index / revisions)
  const id = `${index.toString(16).padStart(8, '0')}-6c1e-5c39-9a55-3d1c8f0b7e21`
  const recordedtime = new Date(Date.UTC(2026, 0, 1) + index * 10).toISOString()
  const context: Context = {
    id,
    source: '/muster/deployments',
    type: 'dev.muster.deployment.checked.v1',
    subject: `credit-${number}`,
    partitionkey: `credit-${number % 50}`,
    time: recordedtime,
    correlationid: `c${number}`,
    causationid: id,
    authtype: 'service_account',
    authid: 'deployments',
  }
  return {
    stream: `deployment-credit-${number}`,
    revision: index % revisions,
    id,
    type: 'deployment.checked.v1',
    recordedtime,
    context,
    data: dataOf(index),
  }
}

/** Canonical, with what a check has: texts, numbers, lists of records. */
function dataOf(index: number): string {
  const values = [0.5058, 0.7056, 0.018].map((value, place) => `{"path":"evaluation.fact${place}","value":${value}}`).join(',')
  const rule = (n: number): string =>
    `{"digest":"sha256:${index.toString(16).padStart(64, String(n))}","message":"Disparate impact is outside 0.80 to 1.25.","outcome":"fail","reads":[${values}],"rule":"rule-${n}"}`
  return `{"asOf":{"position":${index}},"note":"n\u00e9","rules":[${rule(1)},${rule(2)},${rule(3)}],"verdict":"blocked"}`
}

const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 1)]),
  format: 'der',
  type: 'pkcs8',
})
const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x as string, 'base64url')
export const signer: Signer = { key: noteKey(sha256, 'log', origin, publicKey), sign: message => sign(null, message, privateKey) }

export const verify: Ed25519Verify = (key, message, signature) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
  return verifyEd25519(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}
