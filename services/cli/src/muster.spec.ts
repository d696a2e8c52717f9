import { describe, expect, it } from 'vitest'
import { muster } from './muster.ts'
import { fakeTerminal } from './testing/terminal.ts'

const run = async (...words: string[]) => {
  const terminal = fakeTerminal()
  return { code: await muster(words, terminal), out: terminal.out(), told: terminal.told() }
}

const groups: Readonly<Record<string, readonly string[]>> = {
  intents: ['withdraw'],
  deployments: ['list', 'explain'],
  approvals: ['list', 'show'],
  alerts: ['list', 'show'],
  violations: ['list', 'show'],
  policies: [
    'list',
    'show',
    'history',
    'diff',
    'lint',
    'test',
    'schema',
    'backtest',
    'submit',
    'sync',
    'activate',
    'discard',
    'comment',
    'retire',
    'performance',
  ],
  quarantine: ['list', 'show', 'replay', 'discard'],
  parked: ['list', 'retry'],
}
const alone = ['tour', 'publish', 'gate', 'approve', 'reject', 'log']
const paths = [...alone.map(name => [name]), ...Object.entries(groups).flatMap(([group, names]) => names.map(name => [group, name]))]

describe('The command line', () => {
  it('offers its commands, and says what the exit codes mean', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const name of [...alone, ...Object.keys(groups)]) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    expect(out).toContain('Exit codes: 0 done or cleared')
  })

  it.each(paths.map(path => path.join(' ')))('explains muster %s with an example', async path => {
    const { code, out } = await run(...path.split(' '), '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Examples?:\\n {2}muster ${path}|Examples?:\\n.*\\n {2}my-pipeline|\\| muster ${path}`))
    expect(out).toContain('--output <form>')
  })

  it.each([
    ['publsh', 'publish'],
    ['deployments lst', 'list'],
    ['gat', 'gate'],
  ])('asks whether %s meant %s', async (typed, meant) => {
    const { code, told, out } = await run(...typed.split(' '))
    expect(code).toBe(2)
    expect(told).toContain(`Did you mean ${meant}?`)
    expect(out).toBe('')
  })

  it.each([
    ['gate', '--model', 'credit'],
    ['deployments', 'list', '--limit', '0'],
    ['deployments', 'list', '--status', 'fine'],
    ['deployments', 'explain', 'x', '--as-of', 'yesterday'],
    ['approve', 'x'],
    ['approve', 'x', '--reason', 'r'],
    ['violations', 'show', 'production'],
    ['approvals'],
    [],
    ['--url', 'ftp://example.org', 'deployments', 'list'],
    ['--url', 'https://example.org', '--as', 'ana', 'deployments', 'list'],
    ['--token', 't', '--as', 'ana', 'deployments', 'list'],
    ['--output', 'xml', 'deployments', 'list'],
  ])('takes %j %s %s %s for wrong usage', async (...words) => {
    const { code, out } = await run(...words.filter(word => word !== undefined))
    expect(code).toBe(2)
    expect(out).toBe('')
  })
})
