import { createHash } from 'node:crypto'
import type { Sha256 } from '@muster/kernel'
import { treeHasher, type Hash } from '../tree/hasher.ts'

/* RFC 6962, section 2.1, word by word: the oracle. Slow, recursive, and written without a look at what it judges. */

export const sha256: Sha256 = bytes => new Uint8Array(createHash('sha256').update(bytes).digest())
export const hasher = treeHasher(sha256)

const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))
const concat = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]))

export function mth(d: readonly Uint8Array[]): Hash {
  if (d.length === 0) return sha256(new Uint8Array(0))
  if (d.length === 1) return sha256(concat([0], d[0]!))
  const k = split(d.length)
  return sha256(concat([1], mth(d.slice(0, k)), mth(d.slice(k))))
}

export function path(m: number, d: readonly Uint8Array[]): Hash[] {
  if (d.length === 1) return []
  const k = split(d.length)
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))]
}

export const proof = (m: number, d: readonly Uint8Array[]): Hash[] => subproof(m, d, true)

function subproof(m: number, d: readonly Uint8Array[], whole: boolean): Hash[] {
  if (m === d.length) return whole ? [] : [mth(d)]
  const k = split(d.length)
  if (m <= k) return [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))]
  return [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))]
}

/** Leaves that all differ. */
export const someLeaves = (count: number): Uint8Array[] => Array.from({ length: count }, (_, n) => new TextEncoder().encode(`leaf ${n}`))
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** The same bytes with one bit turned. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
  return changed
}
