import type { Sha256 } from '@muster/kernel'

/*
 * Hashes of a Merkle tree as RFC 6962 defines them (section 2.1; RFC 9162 keeps them). A leaf begins with 0x00 and a node with 0x01, so that
 * no inner node can ever be passed off as a leaf.
 */

/** 32 bytes. */
export type Hash = Uint8Array
export const hashLength = 32

export interface TreeHasher {
  leaf(data: Uint8Array): Hash
  /** @throws RangeError when one of them is no hash: a node of other lengths would be ambiguous. */
  node(left: Hash, right: Hash): Hash
  /** Of the tree without leaves. */
  readonly empty: Hash
}

/** The function MUST be synchronous, MUST give a new array each time and MUST NOT keep the one that it was given: that is used again. */
export function treeHasher(sha256: Sha256): TreeHasher {
  const pair = new Uint8Array(1 + 2 * hashLength)
  pair[0] = 0x01
  // Long enough for what leaves of ours have; its first byte stays 0x00.
  const short = new Uint8Array(1_024)
  return {
    empty: sha256(new Uint8Array(0)),
    leaf(data) {
      const input = data.length < short.length ? short : new Uint8Array(1 + data.length)
      input.set(data, 1)
      return sha256(input.subarray(0, 1 + data.length))
    },
    node(left, right) {
      if (left.length !== hashLength || right.length !== hashLength)
        throw new RangeError(`a node is made of two hashes of ${hashLength} bytes`)
      pair.set(left, 1)
      pair.set(right, 1 + hashLength)
      return sha256(pair)
    },
  }
}
