import type { PolicyView } from '@muster/contracts'
import type { Command } from 'commander'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { wholeNumber } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { instant } from '../text.ts'
import { pathOf } from './proposing.ts'

/* What a person decides about one policy: that a trial takes effect, that a change is given up, that a policy ends. */

export function addLife(group: Command, terminal: Terminal): void {
  const one = (name: string, description: string): Command =>
    group.command(name).description(description).argument('<id>', 'the id of the policy')
  const open = (command: Command) => openSession(command, terminal, 'omar')

  one('activate', 'End the trial of a version: it takes effect as its document says, in the place of the one before.')
    .option('--version <number>', 'this version and no other; the one that is tried', wholeNumber(1, 1_000_000))
    .addHelpText(
      'after',
      `
From when and until when it holds stands in the document (effective), which peers agreed to.

Example:
  muster policies activate fairness-disparate-impact`,
    )
    .action(async (id: string, { version }: { readonly version?: number }, command: Command) => {
      const session = open(command)
      const { client } = session
      const tried = version ?? triedOf((await client.get<PolicyView>(pathOf(id))).body)
      const { status, body } = await client.post<PolicyView>(`${pathOf(id)}/activation`, { version: tried })
      session.show(body, () => {
        if (status !== 201) return `Version ${tried} of ${id} was activated before.`
        return `Version ${tried} of ${id} takes effect in mode ${body.mode}${body.effectiveFrom === undefined ? '' : `, from ${instant(body.effectiveFrom)}`}.`
      })
    })

  one('discard', 'Give up the change of a policy that is open. An approval that is asked for is withdrawn.')
    .requiredOption('--reason <text>', 'why; it is kept with your name')
    .addHelpText('after', '\nExample:\n  muster policies discard fairness-disparate-impact --reason "The bound stays as it is."')
    .action(async (id: string, { reason }: { readonly reason: string }, command: Command) => {
      const session = open(command)
      const { change } = (await session.client.get<PolicyView>(pathOf(id))).body
      if (change === undefined) throw new Failure(`no change of ${id} is open`, exit.no)
      const { body } = await session.client.post<PolicyView>(`${pathOf(id)}/discarding`, { digest: change.digest, reason })
      session.show(body, () => `The change of ${id} is given up.`)
    })

  one('comment', 'Say something about a policy: about its change, where one is open.')
    .argument('<text>', 'what to say; it is kept with your name')
    .addHelpText('after', '\nExample:\n  muster policies comment fairness-disparate-impact "Where does 0.8 come from?"')
    .action(async (id: string, text: string, _: unknown, command: Command) => {
      const session = open(command)
      const { status, body } = await session.client.post<PolicyView>(`${pathOf(id)}/comments`, { text })
      session.show(body, () => (status === 201 ? `It stands in the history of ${id}.` : `You said so of ${id} before.`))
    })

  one('retire', 'End a policy: it applies no longer. Removing its file does not do that.')
    .requiredOption('--reason <text>', 'why; it is kept with your name')
    .addHelpText('after', '\nExample:\n  muster policies retire non-production --reason "Replaced by the rules of the platform team."')
    .action(async (id: string, { reason }: { readonly reason: string }, command: Command) => {
      const session = open(command)
      const { status, body } = await session.client.post<PolicyView>(`${pathOf(id)}/retirement`, { reason })
      session.show(body, () => `${id} ${status === 201 ? 'is retired and applies no longer' : 'was retired before'}.`)
    })
}

/** @throws Failure that says what it waits for instead. */
export function triedOf({
  id,
  trial,
  change,
  version,
  status,
}: Pick<PolicyView, 'id' | 'trial' | 'change' | 'version' | 'status'>): number {
  if (trial !== undefined) return trial.version
  throw new Failure(`no version of ${id} is tried: ${insteadOf()}`, exit.no)

  function insteadOf(): string {
    if (change?.status === 'in-review') return `its change is in review, see muster approvals show ${change.approvalId ?? ''}`.trimEnd()
    if (change !== undefined) return `its change is not in review, submit it first (muster policies show ${id} --draft)`
    return version === undefined ? 'it has no version' : `version ${version} is ${status}`
  }
}
