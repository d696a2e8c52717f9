import type { PolicyHistoryEntry } from '@muster/contracts'
import type { Command } from 'commander'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, instant } from '../text.ts'
import { pathOf } from './proposing.ts'

export function addHistory(group: Command, terminal: Terminal): void {
  paged(group.command('history'))
    .description('Who changed what of a policy, and when, with comments; the newest first.')
    .argument('<id>', 'the id of the policy')
    .addHelpText('after', '\nExample:\n  muster policies history fairness-disparate-impact')
    .action(async (id: string, { limit, cursor }: PageOptions, command: Command) => {
      await showPage<PolicyHistoryEntry>(
        openSession(command, terminal, 'omar'),
        `${pathOf(id)}/history`,
        { limit, cursor },
        { empty: 'Nothing happened to it.', text: items => items.map(entryText).join('\n') },
      )
    })
}

function entryText({ at, actor, event, version, approvalId, signatures = [], text, differences }: PolicyHistoryEntry): string {
  const details = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(approvalId === undefined ? [] : [`approval ${approvalId}`]),
    ...(actor === undefined ? [] : [`by ${actor}`]),
  ]
  const what = `${instant(at)}  ${event.replace(/^policy\./, '')}${details.length === 0 ? '' : `  (${details.join(', ')})`}`
  return [
    what,
    ...signatures.map(
      ({ by, role, verdict, reason }) => `    ${by} (${role}) ${verdict === 'approve' ? 'agreed' : 'sent it back'}: “${reason}”`,
    ),
    ...(text === undefined ? [] : [`    “${text}”`]),
    ...(differences.length === 0 ? [] : [indented(bullets(differences))]),
  ].join('\n')
}

const indented = (lines: string): string => lines.replaceAll(/^/gm, '    ')
