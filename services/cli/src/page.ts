import type { Page } from '@muster/contracts'
import { Command, InvalidArgumentError } from 'commander'
import type { Session } from './session.ts'
import { printable } from './text.ts'

/* Lists: paged, with a sentence where there is nothing. */

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (text === '' || !Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`)
    return number
  }

export interface PageOptions {
  readonly limit?: number
  readonly cursor?: string
}

export const paged = (command: Command): Command =>
  command
    .option('--limit <number>', 'how many at most', wholeNumber(1, 500), 50)
    .option('--cursor <cursor>', 'where the page before this one ended')

export async function showPage<Item>(
  session: Session,
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
  { empty, text }: { readonly empty: string; readonly text: (items: readonly Item[]) => string },
): Promise<void> {
  const { body } = await session.client.get<Page<Item>>(path, query)
  session.show(body, () => (body.items.length === 0 ? empty : printable(text(body.items))))
  if (body.next !== undefined && !session.json) session.terminal.tell(`There are more: --cursor ${body.next}`)
}
