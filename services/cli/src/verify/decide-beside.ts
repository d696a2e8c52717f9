import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads'
import { decideAgain, type Decided, type DecidedFrom, type Decisions, type Finding } from '@muster/audit'
import { sha256 } from '@muster/ledger-crypto'
import { restFile } from './rest-file.ts'

/*
 * What was decided is decided again in a thread of its own, while this one unpacks, reads and hashes: two cores work. The thread runs the very
 * program that starts it, which asks `isToDecide` before it does anything else. Lines go over in batches and findings come back with each, so
 * that no more than a few batches are ever on the way; what the thread fails of, the verification fails of.
 */

type Asked = { readonly lines: readonly string[] } | { readonly last: number | undefined }
type Answered = { readonly found: readonly Finding[] } | { readonly decided: Decided }

const task = 'muster: decide again'

export interface DecidesBeside {
  decide(what: DecidedFrom): Decisions
  /** Whatever became of it. */
  close(): Promise<void>
}

/** `program`: where this program stands. */
export function decideBeside(program: URL): DecidesBeside {
  let worker: Worker | undefined
  return {
    decide(what) {
      worker = new Worker(program, { workerData: { task, what }, resourceLimits: { maxYoungGenerationSizeMb: youngMiB } })
      return decisionsOf(worker)
    },
    close: async () => void (await worker?.terminate()),
  }
}

/** Of what is made for one line next to nothing outlives it: more would only take memory. */
const youngMiB = 12
/** Batches on the way. */
const most = 4
/** Lines of a batch, and their characters; a message costs as much as some lines do. */
const [largestBatch, mostCharacters] = [256, 1024 * 1024]

function decisionsOf(worker: Worker): Decisions {
  let [found, lines]: [Finding[], string[]] = [[], []]
  let [onTheWay, characters] = [0, 0]
  let decided: Decided | undefined
  let failed: Error | undefined
  let changed: () => void = () => undefined
  worker.on('message', (answer: Answered) => {
    if ('decided' in answer) decided = answer.decided
    else {
      onTheWay -= 1
      found.push(...answer.found)
    }
    changed()
  })
  const fail = (error: Error): void => {
    failed ??= error
    changed()
  }
  worker.once('error', fail)
  worker.once('exit', () => fail(new Error('the thread that decides again ended too early')))

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, and no window of a browser
  const say = (asked: Asked): void => worker.postMessage(asked)
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      if (failed !== undefined) throw failed
      await new Promise<void>(wake => (changed = wake))
    }
  }
  const send = (): void => {
    if (lines.length === 0) return
    onTheWay += 1
    say({ lines })
    lines = []
    characters = 0
  }

  return {
    see(more) {
      lines.push(...more)
      for (const { length } of more) characters += length
      if (lines.length >= largestBatch || characters >= mostCharacters) send()
      const come = found
      found = []
      return come
    },
    ready: () => until(() => onTheWay < most),
    async end(last) {
      send()
      say({ last })
      await until(() => decided !== undefined)
      return { findings: [...found, ...(decided?.findings ?? [])], checks: decided?.checks ?? 0 }
    },
  }
}

/** Whether this program was started as such a thread, in place of a command line. */
export const isToDecide = (): boolean => !isMainThread && (workerData as { readonly task?: unknown } | null)?.task === task

/** What the thread does until nobody asks it any more. */
export async function decideAsAsked(port: MessagePort | null = parentPort): Promise<void> {
  if (port === null) return
  const rest = restFile()
  try {
    const again = decideAgain(sha256, (workerData as { readonly what: DecidedFrom }).what, rest)
    const answer = (answered: Answered): void => port.postMessage(answered)
    port.on('message', (asked: Asked) => {
      if ('lines' in asked) return answer({ found: again.see(asked.lines) })
      answer({ decided: again.end(asked.last) })
      port.close()
    })
    await once(port, 'close')
  } finally {
    rest.close()
  }
}
