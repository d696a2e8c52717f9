import { quarantineReasons, type QuarantinedMessage, type QuarantineEntry } from '@muster/contracts'
import { Command, Option } from 'commander'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, fields, instant, printable, sections, table } from '../text.ts'

interface ListOptions extends PageOptions {
  readonly all?: true
  readonly code?: string
}

export function quarantineCommand(terminal: Terminal): Command {
  const group = new Command('quarantine').description('Messages that came by Kafka and could not be taken: kept as they came.')
  paged(group.command('list'))
    .description('Messages that were not taken, what came last first.')
    .option('--all', 'those that left quarantine too')
    .addOption(new Option('--code <code>', 'only for this reason').choices(quarantineReasons))
    .addHelpText('after', '\nExample:\n  muster quarantine list --code conflicting-digest')
    .action(async ({ limit, cursor, all, code }: ListOptions, command: Command) => {
      const query = { limit, cursor, code, released: all === true ? undefined : false }
      await showPage<QuarantineEntry>(openSession(command, terminal, 'omar'), '/v1/quarantine', query, {
        empty: code === undefined ? 'Nothing is in quarantine.' : `Nothing is in quarantine for ${code}.`,
        text: entryTable,
      })
    })
  group
    .command('show')
    .description('A message as it came, and why it was not taken.')
    .argument('<sha256>', 'the SHA-256 of the message')
    .addHelpText('after', '\nExample:\n  muster quarantine show 9f86d0…')
    .action(async (sha256: string, _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'omar')
      const { body } = await session.client.get<QuarantinedMessage>(`/v1/quarantine/${encodeURIComponent(sha256)}`)
      session.show(body, () => printable(messageText(body)))
    })
  const release = (name: 'replay' | 'discard', description: string, done: string): void => {
    group
      .command(name)
      .description(description)
      .argument('<sha256>', 'the SHA-256 of the message')
      .requiredOption('--reason <text>', 'why; it is kept with your name')
      .addHelpText('after', `\nExample:\n  muster quarantine ${name} 9f86d0… --reason "The model is registered now."`)
      .action(async (sha256: string, { reason }: { readonly reason: string }, command: Command) => {
        const session = openSession(command, terminal, 'omar')
        const { body } = await session.client.post<QuarantineEntry>(`/v1/quarantine/${encodeURIComponent(sha256)}/${name}`, { reason })
        session.show(body, () => done)
      })
  }
  release('replay', 'Bring a message through intake once more.', 'It is taken now.')
  release('discard', 'Give a message up. Its bytes stay.', 'It is given up.')
  return group
}

const entryTable = (items: readonly QuarantineEntry[]): string =>
  table(
    ['sha256', 'code', 'times', 'last seen', 'topic', 'left', 'why'],
    items.map(({ sha256, code, times, lastSeen, topic, released, message, pointer }) => [
      sha256,
      code,
      String(times),
      instant(lastSeen),
      topic,
      released?.outcome ?? '-',
      `${message}${pointer === undefined ? '' : ` (at ${pointer})`}`,
    ]),
  )

const messageText = ({
  sha256,
  code,
  message,
  pointer,
  topic,
  key,
  size,
  times,
  firstSeen,
  lastSeen,
  released,
  headers,
  text,
}: QuarantinedMessage) =>
  sections(
    fields({
      message: sha256,
      why: `${code}: ${message}`,
      field: pointer,
      topic,
      key,
      size: count(size, 'byte'),
      seen: `${count(times, 'time')}, ${instant(firstSeen)} to ${instant(lastSeen)}`,
      left: released === undefined ? undefined : `${released.outcome} by ${released.by}, ${instant(released.at)}`,
    }),
    Object.keys(headers).length === 0 ? undefined : fields(headers),
    text,
  )
