import { Command } from 'commander'
import type { ExitCode } from '../exit.ts'
import type { Terminal } from '../terminal.ts'
import { addBacktest } from './backtest.command.ts'
import { addDiff } from './diff.command.ts'
import { addHistory } from './history.command.ts'
import { addLife } from './life.command.ts'
import { addLint } from './lint.command.ts'
import { addList } from './list.command.ts'
import { addPerformance } from './performance.command.ts'
import { addSchema } from './schema.command.ts'
import { addShow } from './show.command.ts'
import { addSubmit } from './submit.command.ts'
import { addSync } from './sync.command.ts'
import { addTest } from './test.command.ts'

export function policiesCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const group = new Command('policies').description('What must hold, since when, and until when; and how that changes.')
  addList(group, terminal)
  addShow(group, terminal)
  addHistory(group, terminal)
  addDiff(group, terminal)
  addLint(group, terminal, end)
  addTest(group, terminal, end)
  addSchema(group, terminal)
  addBacktest(group, terminal, end)
  addSubmit(group, terminal)
  addSync(group, terminal)
  addLife(group, terminal)
  addPerformance(group, terminal)
  return group
}
