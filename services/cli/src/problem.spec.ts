import { describe, expect, it } from 'vitest'
import { exitCodeOf, sentenceOf } from './problem.ts'

const problem = (status: number, type = 'about:blank') => ({ type, title: 'Bad', status })

describe('A problem of the server', () => {
  it('is one sentence', () => {
    expect(sentenceOf(problem(404))).toBe('Bad')
    expect(sentenceOf({ ...problem(404), detail: 'there is no deployment "x"' })).toBe('there is no deployment "x"')
  })

  it('names each field that is wrong, once', () => {
    const errors = [{ pointer: '/requestedBy', message: 'a service says who asks' }]
    expect(sentenceOf({ ...problem(400), detail: '/requestedBy: a service says who asks', errors })).toBe(
      '/requestedBy: a service says who asks',
    )
    expect(sentenceOf({ ...problem(400), detail: 'a service says who asks', errors })).toBe('a service says who asks (at /requestedBy)')
    expect(sentenceOf({ ...problem(400), detail: 'the body is not valid', errors })).toBe(
      'the body is not valid (/requestedBy: a service says who asks)',
    )
  })

  it.each([
    [400, 2],
    [401, 4],
    [403, 4],
    [404, 1],
    [409, 1],
    [413, 2],
    [500, 5],
    [503, 5],
  ])('of status %i ends with exit code %i', (status, code) => expect(exitCodeOf(problem(status))).toBe(code))

  it('about an id that was used otherwise is wrong usage, and no decision', () =>
    expect(exitCodeOf(problem(409, 'urn:muster:problem:id-reused'))).toBe(2))
})
