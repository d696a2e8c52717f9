import type { ParkedKey } from '@muster/contracts'
import { Command } from 'commander'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { instant, table } from '../text.ts'

export function parkedCommand(terminal: Terminal): Command {
  const group = new Command('parked').description('Events that a subscription could not process, by key. What follows for the key waits.')
  paged(group.command('list'))
    .description('What is parked, newest first.')
    .option('--subscription <name>', 'only of this subscription')
    .addHelpText('after', '\nExample:\n  muster parked list')
    .action(async ({ limit, cursor, subscription }: PageOptions & { readonly subscription?: string }, command: Command) => {
      await showPage<ParkedKey>(
        openSession(command, terminal, 'omar'),
        '/v1/parked',
        { limit, cursor, subscription },
        { empty: 'Nothing is parked.', text: parkedTable },
      )
    })
  group
    .command('retry')
    .description('Try a key again, in order.')
    .argument('<subscription>', 'the subscription')
    .argument('<key>', 'the key')
    .addHelpText('after', '\nExample:\n  muster parked retry deployments german-credit')
    .action(async (subscription: string, key: string, _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'omar')
      const path = `/v1/parked/${encodeURIComponent(subscription)}/${encodeURIComponent(key)}/retry`
      const { body } = await session.client.post(path, {})
      session.show(body, () => `${subscription} tries ${key} again; muster parked list shows whether it is gone.`)
    })
  return group
}

const parkedTable = (items: readonly ParkedKey[]): string =>
  table(
    ['subscription', 'key', 'events', 'position', 'type', 'since', 'retry', 'why'],
    items.map(({ subscription, key, events, position, type, since, retryRequested, reason }) => [
      subscription,
      key,
      String(events),
      String(position),
      type,
      instant(since),
      retryRequested ? 'asked for' : '-',
      reason,
    ]),
  )
