import type { IntentAnswer } from '@muster/contracts'
import { Command } from 'commander'
import { headlineOf } from '../gate/verdict.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, printable, sections } from '../text.ts'

export function intentsCommand(terminal: Terminal): Command {
  const group = new Command('intents').description('What was asked for: muster gate asks.')
  group
    .command('withdraw')
    .description('Take back what was asked. What is not decided yet lapses; a decision stands.')
    .argument('<id>', 'the id of the intent, which is that of the deployment')
    .option('--because <text>', 'why; it is kept')
    .addHelpText('after', '\nExample:\n  muster intents withdraw credit-v2 --because "Version 3 goes instead."')
    .action(async (id: string, { because }: { readonly because?: string }, command: Command) => {
      // Whoever asked may, and whoever may ask for all; of the demo's people that is the pipeline.
      const session = openSession(command, terminal, 'ci')
      const { body } = await session.client.post<IntentAnswer>(
        `/v1/intents/${encodeURIComponent(id)}/withdrawal`,
        { ...(because !== undefined && { because }) },
        { headers: { prefer: 'wait=10' } },
      )
      session.show(body, () =>
        printable(
          sections(
            `${id} is withdrawn. Its deployment: ${headlineOf[body.status]}.`,
            body.reasons.length === 0 ? undefined : bullets(body.reasons.map(({ message }) => message)),
          ),
        ),
      )
    })
  return group
}
