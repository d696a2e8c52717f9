import { categories, type LogEntry } from '@muster/contracts'
import { Command, InvalidArgumentError } from 'commander'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { kafkaOptions, openKafka, type KafkaOptions } from '../kafka/kafka.ts'
import { wholeNumber } from '../page.ts'
import { openSession, type Session } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, instant, printable } from '../text.ts'
import { cloudEventOf } from './cloudevent.ts'
import { follow } from './follow.ts'
import { growing, positionAt, readLog, type WantedUntil } from './log.ts'
import { instantOf, momentOf } from './moment.ts'
import { sendToTopic } from './to-topic.ts'

interface LogOptions extends KafkaOptions {
  readonly from?: number
  readonly since?: string
  readonly until?: string
  readonly category?: string
  readonly type?: readonly string[]
  readonly model?: string
  readonly actor?: string
  readonly limit?: number
  readonly follow?: true
  readonly toTopic?: string
}

const position = wholeNumber(0, Number.MAX_SAFE_INTEGER)
const together = (word: string, before: readonly string[] = []): readonly string[] => [...before, word]

export const logCommand = (terminal: Terminal): Command =>
  kafkaOptions(
    new Command('log')
      .description('The log, in its order: everything that was ever recorded.')
      .option('--from <position>', 'only what was recorded behind this position', position)
      .option('--since <time>', 'only what was recorded since: an instant, a day, or a time ago such as 1h', text =>
        instantOf(text, terminal.now()),
      )
      .option('--until <end>', 'only up to this position, itself included, or before this time', text => momentOf(text, terminal.now()))
      .option('--category <name>', 'only of this category, or of several with commas between', someOf(categories))
      .option('--type <name>', 'only of this type, such as deployment.cleared or deployment.*; may be given again', together)
      .option('--model <name>', 'only what concerns this model')
      .option('--actor <name>', 'only what this person or service did')
      .option('--limit <number>', 'at most so many events', position)
      .option('--follow', 'go on with what is recorded from now on, or behind --from or --since')
      .option('--to-topic <name>', 'send it to this Kafka topic instead, as CloudEvents'),
  )
    .addHelpText(
      'after',
      `
With --output json each event is one line, as GET /v1/log has it; with --output cloudevents each is one line of CloudEvents 1.0.
What is sent to a topic says the last position that is there: --from goes on behind it, and a repeat has the same id.

Examples:
  muster log --category deployment --model german-credit
  muster log --since 1h --type 'approval.*' --actor ana
  muster log --follow --output cloudevents | my-tool
  muster log --from 0 --to-topic replay --brokers broker1:9092`,
    )
    .action(async (options: LogOptions, command: Command) => {
      const session = openSession(command, terminal, 'rita', ['cloudevents'])
      const wanted = wantedIn(options)
      if (options.follow === true && options.until !== undefined)
        throw usage('--follow has no end, and --until names one: give one of them')
      const from = await beginning(session, options)
      if (options.toTopic !== undefined) return await toTopic(session, options.toTopic, from, wanted, options)
      const print = printer(session)
      if (options.follow === true) return await follow(session.client, terminal, from, wanted, print)
      let shown = 0
      for await (const entry of readLog(session.client, from, wanted, options.limit)) {
        print(entry)
        shown += 1
      }
      if (shown === 0 && session.form === 'text')
        terminal.print(`Nothing like that is in the log${from === 0 ? '' : ` behind position ${from}`}.`)
    })

const someOf =
  (known: readonly string[]) =>
  (text: string): string => {
    const wrong = text.split(',').filter(name => !known.includes(name))
    if (wrong.length > 0) throw new InvalidArgumentError(`There is no "${wrong.join('", "')}", but ${known.join(', ')}.`)
    return text
  }

const wantedIn = ({ category, type, model, actor, until }: LogOptions): WantedUntil => ({
  ...(category !== undefined && { category }),
  ...(type !== undefined && { type: type.join(',') }),
  ...(model !== undefined && { model }),
  ...(actor !== undefined && { actor }),
  ...(until !== undefined && { until }),
})

/** Behind which position: that of `--from`, or the one at which the log stood at that time. What is followed begins with what is new. */
async function beginning({ client }: Session, { from, since, follow: following }: LogOptions): Promise<number> {
  if (from !== undefined && since !== undefined) throw usage('--from and --since both say where to begin: give one of them')
  if (from !== undefined) return from
  if (since !== undefined) return await positionAt(client, since)
  return following === true ? await positionAt(client) : 0
}

const printer = ({ form, terminal }: Session): ((entry: LogEntry) => void) => {
  switch (form) {
    case 'text':
      return entry => terminal.print(printable(lineOf(entry)))
    case 'json':
      return entry => terminal.print(JSON.stringify(entry))
    case 'cloudevents':
      return entry => terminal.print(JSON.stringify(cloudEventOf(entry)))
  }
}

const lineOf = ({ position: at, recordedtime, context: { type, subject, authid } }: LogEntry): string =>
  `${String(at).padStart(6)}  ${instant(recordedtime)}  ${type.replace('dev.muster.', '').padEnd(34)}  ${subject}${authid === undefined ? '' : `  by ${authid}`}`

async function toTopic(session: Session, topic: string, from: number, wanted: WantedUntil, options: LogOptions): Promise<void> {
  const { client, terminal } = session
  const bus = openKafka(options, terminal)
  if (bus === undefined) throw usage('--to-topic needs brokers: --brokers or MUSTER_KAFKA_BROKERS names them')
  try {
    if (!(await bus.reachable())) throw new Failure('no broker answers: is Kafka running there? --brokers names another', exit.unreachable)
    const entries = options.follow === true ? growing(client, terminal, from, wanted) : readLog(client, from, wanted, options.limit)
    const sent = await sendToTopic(bus, topic, entries, from, told =>
      terminal.tell(`${count(told.events, 'event')} in ${topic}, the last position is ${told.position}`),
    )
    session.show(sent, () => `${count(sent.events, 'event')} sent to ${topic}. Go on behind them with --from ${sent.position}.`)
  } finally {
    await bus.close()
  }
}
