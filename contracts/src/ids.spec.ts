import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, isCategory, parseStream, parseSubject, streamName, streamOfSubject, subjectOf, type Category } from './ids.ts'

const twoParts = new Set<Category>(['version', 'endpoint', 'violation', 'parking'])

/** What people call things: any script, any symbol, short enough to fit when encoded. */
const name = fc
  .string({ minLength: 1, maxLength: 16, unit: 'grapheme' })
  .filter(text => encodeURIComponent(text.normalize('NFC')).length < 180 && !/^\.{1,2}$/.test(text))
const category = fc.constantFrom(...categories)
const parts = (of: Category) => (twoParts.has(of) ? fc.tuple(name, name) : fc.tuple(name))
const named = category.chain(of => fc.tuple(fc.constant(of), parts(of)))

/** The types tie the number of parts to the category; a generated pair has that tie at run time only. */
const subject = (of: Category, ...given: readonly string[]): string => Reflect.apply(subjectOf, undefined, [of, ...given])

describe('A subject', () => {
  it('gives back the parts that it was built from', () =>
    fc.assert(
      fc.property(named, ([of, given]) => {
        expect(parseSubject(of, subject(of, ...given))).toEqual({ ok: true, parts: given.map(part => part.normalize('NFC')) })
      }),
    ))

  it('has only characters that every store, topic and address carries', () =>
    fc.assert(fc.property(named, ([of, given]) => void expect(subject(of, ...given)).toMatch(/^[A-Za-z0-9._~%@/-]+$/))))

  it('is the same for the same name, however its accents are composed', () =>
    expect(subjectOf('model', 'pre\u0301diction')).toBe(subjectOf('model', 'pr\u00e9diction')))

  it('keeps its separator to itself: a name that has one is encoded', () => {
    expect(subjectOf('version', 'a@b', '1')).toBe('a%40b@1')
    expect(subjectOf('endpoint', 'prod/eu', 'desk')).toBe('prod%2Feu/desk')
  })

  it.each(['', '.', '..'])('cannot be "%s"', text => expect(() => subjectOf('model', text)).toThrow(RangeError))

  it('cannot be longer than 200 bytes', () => {
    expect(subjectOf('model', 'x'.repeat(200))).toHaveLength(200)
    expect(() => subjectOf('model', 'x'.repeat(201))).toThrow('at most 200 bytes')
  })

  it('says what is wrong with it', () => {
    expect(parseSubject('version', 'fraud')).toEqual({ ok: false, message: `a version's subject is <model>@<version>, not "fraud"` })
    expect(parseSubject('endpoint', 'desk')).toMatchObject({ message: `an endpoint's subject is <environment>/<name>, not "desk"` })
    expect(parseSubject('model', '%E0%A4%A')).toMatchObject({ ok: false })
    expect(parseSubject('model', '')).toMatchObject({ ok: false })
  })
})

describe('A stream', () => {
  it('gives back its category and subject', () =>
    fc.assert(
      fc.property(named, ([of, given]) => {
        const text = subject(of, ...given)
        expect(parseStream(streamOfSubject(of, text))).toEqual({ category: of, subject: text })
      }),
    ))

  it('is the category, a hyphen and the subject', () => expect(streamName('version', 'fraud', '7')).toBe('version-fraud@7'))

  it('has a category without a hyphen, since KurrentDB ends it at the first one', () =>
    expect(categories.filter(of => of.includes('-'))).toEqual([]))

  it.each(['', 'model', '-x', 'toString-x', 'lead-x'])('cannot be "%s"', text =>
    expect(() => parseStream(text)).toThrow('not a stream of ours'),
  )

  it('has a category of ours, not of JavaScript', () => expect(isCategory('constructor')).toBe(false))
})
