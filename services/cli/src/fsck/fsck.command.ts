import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { kafkaOptions, openKafka, type KafkaOptions } from '../kafka/kafka.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, count, printable, sections } from '../text.ts'
import { fsck, type FsckReport } from './fsck.ts'
import { hearTopics } from './topics.ts'

interface FsckOptions extends KafkaOptions {
  readonly report?: string
}

const codes = { whole: exit.ok, differs: exit.no, incomplete: exit.pending } as const

export const fsckCommand = (terminal: Terminal, end: (code: ExitCode) => void): Command =>
  kafkaOptions(
    new Command('fsck')
      .description('Derives everything again from the log, and says what a running Muster shows or told otherwise.')
      .option('--report <file>', 'write what was found as JSON'),
  )
    .addHelpText(
      'after',
      `
Every check is performed again, every decision, approval and policy is decided again, and lists and topics are compared with that. It
reads and writes nothing. Topics are looked at where brokers are named.

Exit codes: 0 whole · 1 something differs · 2 wrong usage · 3 not all could be looked at

Examples:
  muster fsck
  muster fsck --brokers broker1:9092 --report fsck.json`,
    )
    .action(async ({ report: file, ...options }: FsckOptions, command: Command) => {
      const session = openSession(command, terminal, 'rita')
      const bus = openKafka(options, terminal)
      const topics = bus === undefined ? undefined : hearTopics(bus, terminal)
      try {
        const report = await fsck({
          client: session.client,
          heard: topics,
          sleep: terminal.sleep,
          onFinding: ({ message }) => !session.json && terminal.print(printable(message)),
          onProgress: terminal.tell,
        })
        const told = topics === undefined ? { ...report, notes: [withoutTopics] } : { ...report, notes: [] }
        if (file !== undefined) await writeFile(resolve(terminal.cwd, file), `${JSON.stringify(told, undefined, 2)}\n`)
        session.show(told, () => printable(textOf(report, topics === undefined)))
        end(codes[report.verdict])
      } finally {
        await topics?.close()
      }
    })

const withoutTopics = 'What topics carry was not looked at: --brokers names where they are.'

function textOf({ verdict, events, position, checked, unchecked, differences }: FsckReport, unheard: boolean): string {
  const read = `${count(events, 'event')} up to position ${position}`
  const verdicts = {
    whole: `Whole: ${read}, and all that was looked at says the same.`,
    differs: `${count(differences, 'difference')} in ${read}.`,
    incomplete: `Nothing differs in ${read}, but not all could be looked at.`,
  }
  return sections(
    verdicts[verdict],
    `Looked at: ${checked.join(', ')}.`,
    unchecked.length === 0 ? undefined : `Not looked at:\n${bullets(unchecked)}`,
    unheard ? withoutTopics : undefined,
  )
}
