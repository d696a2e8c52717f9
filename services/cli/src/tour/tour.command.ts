import { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, printable } from '../text.ts'
import { readExample, shiftOf, shifted } from './example.ts'
import { play } from './tour.ts'

const next = (id: string): readonly string[] => [
  `muster deployments explain ${id}`,
  'muster alerts list',
  'muster log --category deployment',
  'muster --help',
]

export const tourCommand = (terminal: Terminal, end: (code: ExitCode) => void): Command =>
  new Command('tour')
    .description('Play a real training run against a demo server and see what Muster makes of it. It can be played again.')
    .addHelpText(
      'after',
      `
It plays docs/examples/german-credit as the people of the demo: ci publishes, rita asks, ana agrees. A step that comes out otherwise
than it is said ends it with exit code 1.

Example:
  muster tour`,
    )
    .action(async (_: unknown, command: Command) => {
      const session = openSession(command, terminal, 'ci')
      const cast = { ci: session.as('ci'), rita: session.as('rita'), ana: session.as('ana') }
      const example = readExample()
      const days = shiftOf(example, terminal.now())
      const played = shifted(example, days)
      if (days > 0)
        terminal.tell(
          `(the run is more than 60 days old, and evidence goes stale after 90: its versions are played as of ${days} days later, and named so)`,
        )
      const steps: { title: string; sentences: readonly string[] }[] = []
      await play(
        {
          cast,
          terminal,
          say: (title, sentences) => {
            steps.push({ title, sentences })
            if (!session.json) terminal.print(printable(`${steps.length}. ${title}.\n${sentences.map(line => `   ${line}`).join('\n')}`))
          },
        },
        played,
      )
      const commands = next(played.intents[0]?.subject ?? '')
      if (session.json) terminal.print(JSON.stringify({ steps, next: commands }, undefined, 2))
      else terminal.print(`\nAll came out as said. What to look at next:\n${bullets(commands.map(line => `npx ${line}`))}`)
      end(exit.ok)
    })
