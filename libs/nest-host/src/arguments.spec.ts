import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'
import { describeSettings } from './configuration.ts'

describe('The arguments of a server', () => {
  it('are none, mostly', () => expect(readArguments([])).toEqual({ kind: 'start', set: {} }))

  it('may leave out policies that are not good', () =>
    expect(readArguments(['--keep-going'])).toEqual({ kind: 'start', set: { MUSTER_POLICIES_KEEP_GOING: 'true' } }))

  it('may ask how to start it, and are told every setting', () => {
    const asked = readArguments(['--help'])
    const text = asked.kind === 'help' ? asked.text : ''
    expect(text).toMatch(/^Usage: npm start/)
    for (const { variable, description } of describeSettings()) {
      expect(text).toContain(`  ${variable}`)
      expect(text).toContain(description)
    }
    expect(text).toContain('MUSTER_HTTP_PORT (http.port, default 7070)')
  })

  it.each(['--foo', '--keepgoing', 'help', '--keep-going=true'])('are refused where they mean nothing: %s', word =>
    expect(readArguments(['--keep-going', word])).toMatchObject({ kind: 'unknown', sentence: expect.stringContaining(`"${word}"`) }),
  )
})
