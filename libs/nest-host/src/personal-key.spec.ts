import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfiguration } from './configuration.ts'
import { personalKeyFile, readPersonalKeys } from './personal-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-key-'))
afterAll(() => rmSync(folder, { recursive: true }))
const logger = pino({ level: 'silent' })
const read = (environment: Record<string, string>) => readPersonalKeys(loadConfiguration(environment).settings, logger)

describe('The master key of personal text', () => {
  it('is made beside the embedded data, for its owner only, and found again', () => {
    const dir = join(folder, 'new')
    const made = read({ MUSTER_DATA_DIR: dir })
    expect(made.map(({ length }) => length)).toEqual([32])
    expect(statSync(personalKeyFile(dir)).mode & 0o777).toBe(0o600)
    expect(read({ MUSTER_DATA_DIR: dir })).toEqual(made)
  })

  it('is read from the file that is named, with those of before behind it', () => {
    const file = join(folder, 'mine')
    writeFileSync(file, `${'ab'.repeat(32)}\n${'CD'.repeat(32)}\n`)
    expect(read({ MUSTER_PERSONAL_KEY_FILE: file })).toEqual([Buffer.alloc(32, 0xab), Buffer.alloc(32, 0xcd)])
  })

  it('that is missing or no key stops the start', () => {
    const file = join(folder, 'short')
    writeFileSync(file, 'abc\n')
    expect(() => read({ MUSTER_PERSONAL_KEY_FILE: file })).toThrow(/short is no master key of personal text: it has 64 hex digits/)
    expect(() => read({ MUSTER_PERSONAL_KEY_FILE: join(folder, 'none') })).toThrow(/cannot be read: set MUSTER_PERSONAL_KEY_FILE/)
  })
})
