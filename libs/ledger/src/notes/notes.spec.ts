import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosigned, headOf, log, nextLog, origin, signedBy, signer, trust, verify, witnesses } from '../testing/log.ts'
import { flipped, sha256 } from '../testing/naive-tree.ts'
import { checkpointText, readCheckpointText, signCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { noteKey, readKey, writeKey } from './key.ts'
import { longestNote, readNote, writeNote } from './note.ts'
import { openCheckpoint } from './open-checkpoint.ts'
import { checkTrust } from './trust.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const open = (input: Uint8Array | string, by = trust) => openCheckpoint(verify, by, input)

describe('A key', () => {
  it.each([
    ['sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'],
    ['PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ])('that others published is read: %s', text => {
    const key = readKey(sha256, text)
    expect(key.ok && writeKey(key.value)).toBe(text)
  })

  it('has another id as the key of a witness than as that of a log', () => {
    const { publicKey, name, id } = log.key
    expect(noteKey(sha256, 'witness', name, publicKey).id).not.toBe(id)
  })

  it.each([
    ['sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'its id does not belong'],
    ['other.example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'its id does not belong'],
    ['sum.golang.org+033de0ae+AM4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'no others'],
    ['sum.golang.org+033de0ae+Ac4z', 'has 32 bytes'],
    ['a b+033de0ae+Ac4z', 'a space'],
    ['sum.golang.org', '<name>+<id>+<key>'],
    ['', '<name>+<id>+<key>'],
  ])('%s is refused: %s', (text, why) => {
    const key = readKey(sha256, text)
    expect(key.ok ? '' : key.message).toContain(why)
  })
})

describe('A note', () => {
  it('that others signed is verified', () => {
    const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    const line = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
    const key = readKey(sha256, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    const note = readNote(`${text}\n${line}`)
    if (!key.ok || !note.ok) throw new Error('it is not read')
    const [signature] = note.value.signatures
    expect([note.value.text, signature?.name, signature?.id]).toEqual([text, 'PeterNeumann', key.value.id])
    expect(verify(key.value.publicKey, utf8(text), signature!.signature)).toBe(true)
  })

  it('is read as it was written', () => {
    const name = fc.stringMatching(/^[a-z./]{1,20}$/)
    const signature = fc.record({ name, id: fc.nat(0xffff_ffff), signature: fc.uint8Array({ minLength: 1, maxLength: 80 }) })
    const text = fc.array(fc.stringMatching(/^[ -~é—]{0,20}$/), { minLength: 1, maxLength: 5 }).map(lines => `${lines.join('\n')}\n`)
    fc.assert(
      fc.property(text, fc.array(signature, { minLength: 1, maxLength: 5 }), (text, signatures) => {
        const note = { text, signatures }
        expect(readNote(writeNote(note))).toEqual({ ok: true, value: note })
        expect(readNote(utf8(writeNote(note)))).toEqual({ ok: true, value: note })
      }),
    )
  })

  it.each([
    ['text\n', 'no empty line'],
    ['text\n\n', 'does not end with a signature line'],
    ['text\n\n— name AAAAAAA=', 'does not end with a signature line'],
    ['text\n\n- name AAAAAAA=\n', 'is not a signature line'],
    ['text\n\n— na+me AAAAAAA=\n', 'is not a signature line'],
    ['text\n\n— name AAAAAAB=\n', 'is not a signature line'],
    ['text\n\n— name AAAAAA==\n', 'is not a signature line'],
    ['text\n\n— name  AAAAAAA=\n', 'is not a signature line'],
    ['te\rxt\n\n— name AAAAAAA=\n', 'a control character'],
    ['te\ud800xt\n\n— name AAAAAAA=\n', 'a surrogate pair'],
    [`text\n\n${'— name AAAAAAA=\n'.repeat(65)}`, 'more than 64 signatures'],
    ['x'.repeat(longestNote + 1), `more than ${longestNote} bytes`],
  ])('is refused where it is not one (%#)', (text, why) => {
    const note = readNote(text)
    expect(note.ok ? '' : note.message).toContain(why)
  })

  it('never makes a reader throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 })), input => {
        expect(open(input).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

describe('A checkpoint', () => {
  it('is read as it was written', () => {
    const checkpoint = { origin, ...headOf(7), extensions: ['one', 'two'] }
    expect(readCheckpointText(checkpointText(checkpoint))).toEqual({ ok: true, value: checkpoint })
    expect(() => checkpointText({ ...checkpoint, origin: 'two\nlines' })).toThrow(RangeError)
    expect(() => checkpointText({ ...checkpoint, extensions: [''] })).toThrow('an empty line')
    expect(() => signCheckpoint(checkpoint, [witnesses[0]])).toThrow('the key of a witness')
  })

  it('and what a witness signs of it are, to the byte, as their specifications write them', () => {
    const root = new Uint8Array(Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'))
    const text = checkpointText({ origin: 'example.com/behind-the-sofa', size: 20_852_163, root, extensions: [] })
    expect(text).toBe('example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n')
    const signed: string[] = []
    const sign = (message: Uint8Array) => (signed.push(new TextDecoder().decode(message)), new Uint8Array(64))
    const line = cosign(text, 1_679_315_147, { key: witnesses[0].key, sign })
    expect(signed).toEqual([`cosignature/v1\ntime 1679315147\n${text}`])
    expect(Buffer.from(line.split(' ')[2]!, 'base64').subarray(4, 12).toString('hex')).toBe('00000000641850cb')
  })

  it.each([['log\n01\n'], ['log\n-1\n'], ['log\n9007199254740993\n'], ['log\n1e3\n'], ['\n1\n'], ['log\n']])(
    'that begins with %j is refused',
    start => expect(readCheckpointText(`${start}${Buffer.alloc(32).toString('base64')}\n`).ok).toBe(false),
  )

  it('is believed when the log signed it and enough witnesses cosigned it', () => {
    const opened = open(cosigned(20))
    if (!opened.ok) throw new Error(opened.message)
    expect(opened.value.checkpoint).toEqual({ origin, ...headOf(20), extensions: [] })
    expect([...opened.value.cosignedBy]).toEqual([
      ['a', 1_000],
      ['b', 1_001],
    ])
  })

  it('is not believed with a bit of any byte turned', () => {
    const bytes = utf8(cosigned(20))
    for (let bit = 0; bit < bytes.length * 8; bit += 7) expect(open(flipped(bytes, bit)).ok, `bit ${bit}`).toBe(false)
  })

  it('is not believed cut off anywhere', () => {
    const bytes = utf8(cosigned(20))
    for (let length = 0; length < bytes.length; length++) expect(open(bytes.subarray(0, length)).ok).toBe(false)
  })

  it('counts a witness once, however often and under however many of its keys it cosigned', () => {
    const second = signer('witness', 'witness.example/a2', 9)
    const by = { ...trust, witnesses: [{ name: 'a', keys: [witnesses[0].key, second.key] as const }, trust.witnesses[1]!] }
    const opened = open(cosigned(20, [witnesses[0], second, witnesses[0]]), by)
    expect(opened).toEqual({ ok: false, message: 'the checkpoint of 20 leaves has 1 of the 2 witnesses that must have seen it' })
  })

  it('passes over signatures of keys that are not known, and is spoilt by a false one of a key that is', () => {
    const stranger = signer('witness', 'stranger.example', 7)
    expect(open(cosigned(20, [stranger, ...witnesses])).ok).toBe(true)
    const [forger] = [{ ...witnesses[0], sign: stranger.sign }]
    const opened = open(cosigned(20, [...witnesses, forger]))
    expect(opened.ok ? '' : opened.message).toContain('forged')
  })

  it('is not believed from a witness that signs for another log, nor for another log at all', () => {
    const other = { ...trust, origin: 'other.example/log' }
    expect(open(cosigned(20), other).ok).toBe(false)
    const signed = signedBy(20, log)
    const foreign = cosign('other.example/log\n20\nAAAA\n', 1_000, witnesses[0])
    expect(open(signed + foreign, { ...trust, quorum: 1 }).ok).toBe(false)
  })

  it('is believed from an old key and a new one only for the sizes that each is in force for', () => {
    const rotated = {
      ...trust,
      quorum: 0,
      logKeys: [
        { key: log.key, from: 0, through: 20 },
        { key: nextLog.key, from: 15 },
      ] as const,
    }
    const isBelieved = (size: number, ...by: Parameters<typeof signedBy> extends [number, ...infer S] ? S : never) =>
      open(signedBy(size, ...by), rotated).ok
    expect([isBelieved(14, log), isBelieved(14, nextLog), isBelieved(15, nextLog), isBelieved(17, log, nextLog)]).toEqual([
      true,
      false,
      true,
      true,
    ])
    expect([isBelieved(20, log), isBelieved(21, nextLog), isBelieved(21, log, nextLog)]).toEqual([true, true, true])
    expect(open(signedBy(21, log), rotated)).toEqual({
      ok: false,
      message: `the key of ${origin} was not in force for a tree of 21 leaves`,
    })
  })
})

describe('Trust', () => {
  it('is taken as it is meant', () => expect(checkTrust(trust)).toEqual({ ok: true, value: trust }))

  it.each([
    [{ ...trust, quorum: 3 }, 'never agree'],
    [{ ...trust, witnesses: [trust.witnesses[0]!, { ...trust.witnesses[0]!, name: 'again' }] }, 'one key stands for two'],
    [{ ...trust, witnesses: [trust.witnesses[0]!, { ...trust.witnesses[1]!, name: 'a' }] }, 'one name'],
    [{ ...trust, witnesses: [{ name: 'a', keys: [log.key] as const }] }, 'the key of a log'],
    [
      { ...trust, witnesses: [{ name: 'a', keys: [noteKey(sha256, 'witness', 'x', log.key.publicKey)] as const }], quorum: 1 },
      'stands for two',
    ],
    [{ ...trust, logKeys: [{ key: witnesses[0].key, from: 0 }] as const }, 'the key of a witness'],
    [{ ...trust, logKeys: [{ key: log.key, from: 5, through: 4 }] as const }, 'in force for no tree'],
  ])('that cannot be meant is refused (%#)', (wrong, why) => {
    const checked = checkTrust(wrong)
    expect(checked.ok ? '' : checked.message).toContain(why)
  })
})
