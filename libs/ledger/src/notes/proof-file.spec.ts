import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosigned, headOf, leaves, log, nextLog, nodes, origin, proofOf, signedBy, trust, verify } from '../testing/log.ts'
import { flipped, hasher } from '../testing/naive-tree.ts'
import { consistencyProof } from '../tree/proofs.ts'
import type { TreeHead } from '../tree/verification.ts'
import { readProofFile, verifyProofFile, writeProofFile } from './proof-file.ts'
import { judgeCheckpoint, readAddCheckpoint, writeAddCheckpoint } from './witness.ts'

const context = { hasher, verify, trust }
const utf8 = (text: string) => new TextEncoder().encode(text)
const fileOf = (index: number, size: number) => writeProofFile({ index, proof: proofOf(index, size), checkpoint: cosigned(size) })

describe('A proof file', () => {
  it('proves that the leaf is there, to whoever believes the checkpoint', () => {
    for (const [index, size] of [
      [0, 1],
      [4, 11],
      [39, 40],
    ] as const) {
      const verified = verifyProofFile(context, leaves[index]!, fileOf(index, size))
      expect(verified.ok && [verified.value.index, verified.value.checkpoint.size]).toEqual([index, size])
      expect(verifyProofFile(context, leaves[(index + 1) % 40]!, fileOf(index, size)).ok).toBe(false)
    }
  })

  it('is read as it was written, with what it carries besides', () => {
    fc.assert(
      fc.property(fc.nat(39), fc.option(fc.uint8Array(), { nil: undefined }), (index, extra) => {
        const file = { ...(extra !== undefined && { extra }), index, proof: proofOf(index, 40), checkpoint: cosigned(40) }
        expect(readProofFile(writeProofFile(file))).toEqual({ ok: true, value: file })
      }),
      { numRuns: 30 },
    )
  })

  it('proves nothing with a bit of any byte turned, or cut off', () => {
    const bytes = utf8(fileOf(4, 11))
    for (let bit = 0; bit < bytes.length * 8; bit += 7)
      expect(verifyProofFile(context, leaves[4]!, flipped(bytes, bit)).ok, `bit ${bit}`).toBe(false)
    for (let length = 0; length < bytes.length; length++)
      expect(verifyProofFile(context, leaves[4]!, bytes.subarray(0, length)).ok).toBe(false)
  })

  it.each([
    ['c2sp.org/tlog-proof@v2\nindex 0\n\nx', 'does not begin with'],
    ['c2sp.org/tlog-proof@v1\nindex 00\n\nx', 'of which leaf'],
    ['c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\nx', 'of which leaf'],
    ['c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx', 'not base64'],
    ['c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx', 'is not a hash'],
    [`c2sp.org/tlog-proof@v1\nindex 0\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx`, 'more than 63 hashes'],
    ['c2sp.org/tlog-proof@v1\nindex 0', 'no checkpoint'],
  ])('is refused where it is not one (%#)', (text, why) => {
    const file = readProofFile(text)
    expect(file.ok ? '' : file.message).toContain(why)
  })
})

describe('A witness', () => {
  const logs = new Map([[origin, [{ key: log.key, from: 0 }] as const]])
  const request = (old: number, size: number, checkpoint = signedBy(size, log)) => {
    const proof = consistencyProof(hasher, nodes, Math.min(old, size), size)
    return writeAddCheckpoint({ old, proof: proof.ok ? proof.value : [], checkpoint })
  }
  const judge = (input: Uint8Array | string, known?: TreeHead) => judgeCheckpoint({ hasher, verify }, logs, () => known, input)
  const statusOf = (decision: ReturnType<typeof judge>) => (decision.kind === 'refuse' ? decision.status : 200)

  it('cosigns what continues the tree that it knows, and then knows that', () => {
    expect(judge(request(0, 7))).toMatchObject({ kind: 'cosign', next: headOf(7) })
    expect(judge(request(7, 20), headOf(7))).toMatchObject({ kind: 'cosign', next: headOf(20) })
    expect(judge(request(20, 20), headOf(20))).toMatchObject({ kind: 'cosign', next: headOf(20) })
  })

  it('says by its status why it does not', () => {
    expect(statusOf(judge('old 7'))).toBe(400)
    expect(statusOf(judge(request(20, 7), headOf(20)))).toBe(400)
    expect(statusOf(judge(request(0, 7, signedBy(7, nextLog))))).toBe(403)
    expect(statusOf(judge(request(0, 7).replace(origin, 'other.example/log')))).toBe(404)
    expect(judge(request(5, 20), headOf(7))).toMatchObject({ status: 409, known: 7 })
    expect(statusOf(judge(request(7, 20), { size: 7, root: headOf(8).root }))).toBe(422)
    expect(statusOf(judge(request(20, 20), { size: 20, root: headOf(8).root }))).toBe(422)
    expect(statusOf(judge(request(7, 20).replace(/\n[^\n]+/, ''), headOf(7)))).toBe(422)
  })

  it('cosigns nothing with a bit of any byte turned', () => {
    const bytes = utf8(request(7, 20))
    for (let bit = 0; bit < bytes.length * 8; bit += 7) expect(judge(flipped(bytes, bit), headOf(7)).kind, `bit ${bit}`).toBe('refuse')
    expect(readAddCheckpoint('old 1\nAAAA\n\nx').ok).toBe(false)
  })
})
