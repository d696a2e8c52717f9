import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { usage } from '../failure.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, printable } from '../text.ts'
import { mostEvents } from './batches.ts'
import { readEvents, type SentEvent } from './events.ts'
import { messageAt, publish, type Published } from './publish.ts'

export const publishCommand = (terminal: Terminal, end: (code: ExitCode) => void): Command =>
  new Command('publish')
    .description('Send events of the platform: CloudEvents, one a line, or a JSON document with one or a list. Repeats are recognised.')
    .argument('<file...>', 'files of events; - reads standard input')
    .addHelpText(
      'after',
      `
Examples:
  muster publish docs/examples/german-credit/events.ndjson
  my-pipeline --emit | muster publish -`,
    )
    .action(async (files: string[], _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'ci')
      const events = (await Promise.all(files.map(file => read(file, terminal)))).flat()
      if (events.length === 0) throw usage(`there is no event in ${files.join(', ')}`)
      const published = await publish(session.client, events, (sent, all) => {
        if (all > mostEvents) terminal.tell(`${sent.toLocaleString('en')} of ${count(all, 'event')} sent`)
      })
      session.show(published, () => printable(textOf(published)))
      if (published.receipts.some(({ outcome }) => outcome === 'refused')) end(exit.no)
    })

async function read(file: string, terminal: Terminal): Promise<readonly SentEvent[]> {
  if (file === '-') return readEvents(await textIn(terminal.stdin), 'stdin')
  try {
    return readEvents(await readFile(resolve(terminal.cwd, file), 'utf8'), file)
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw usage(`${file} cannot be read (${String(error.code)})`)
    throw error
  }
}

async function textIn(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export function textOf({ receipts, position, unsent }: Published): string {
  const of = (outcome: string) => receipts.filter(receipt => receipt.outcome === outcome)
  const refused = of('refused')
  const recorded = of('recorded').length
  const unchanged = of('unchanged').length
  const taken =
    recorded === 0 && unchanged > 0
      ? `Nothing new: ${count(unchanged, 'event')} ${unchanged === 1 ? 'was' : 'were'} recorded before.`
      : `${count(recorded, 'event')} recorded${unchanged > 0 ? `, ${unchanged.toLocaleString('en')} recorded before` : ''}; the log stands at ${position}.`
  if (refused.length === 0) return taken
  const withheld = of('withheld').length + unsent
  return [
    `${count(refused.length, 'event')} refused:`,
    ...refused.map(
      ({ at, id, error }) => `  ${at}${id === undefined ? '' : ` ${id}`}: ${error === undefined ? 'refused' : messageAt(error)}`,
    ),
    ...(withheld > 0
      ? [`${count(withheld, 'other')} not recorded: a batch is taken whole or not at all. Mend it and publish again; repeats do no harm.`]
      : []),
    ...(recorded + unchanged > 0 ? [taken] : []),
  ].join('\n')
}
