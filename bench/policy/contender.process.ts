import { fork } from 'node:child_process'
import { once } from 'node:events'
import { root } from '../program.ts'
import type { Answer, Question } from './contender.run.ts'
import type { Contender } from './contenders.ts'

/** A contender in its own process, asked from here. */
export interface Asked {
  readonly name: Contender['name']
  failed(index: number): Promise<readonly string[]>
  /** Decides for so long; microseconds a decision. */
  timed(forMs: number): Promise<number>
  /** Microseconds of each of so many decisions. */
  latencies(count: number): Promise<readonly number[]>
  stop(): Promise<void>
}

/** Resolves when its rules are ready. @throws when it ends before it is stopped: at the question that it leaves open. */
export async function startContender(name: Contender['name'], rules: number): Promise<Asked> {
  const child = fork('infra/build/run.mjs', ['bench/policy/contender.run.ts', name, String(rules)], {
    cwd: root,
    serialization: 'advanced',
  })
  const exited = once(child, 'exit')
  const ended = exited.then(([code]): never => {
    throw new Error(`${name} over ${rules} rules ended with ${String(code)}`)
  })
  ended.catch(() => {})
  const heard = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
    return message
  }
  const ask = async (question: Question): Promise<Answer> => {
    const answer = heard()
    child.send(question)
    return (await answer) as Answer
  }
  const times = async (question: Question): Promise<readonly number[]> => {
    const answer = await ask(question)
    return 'us' in answer ? answer.us : []
  }
  await heard()
  return {
    name,
    async failed(index) {
      const answer = await ask({ ask: 'failed', index })
      return 'failed' in answer ? answer.failed : []
    },
    timed: async forMs => (await times({ ask: 'timed', forMs }))[0] ?? Number.NaN,
    latencies: count => times({ ask: 'latencies', count }),
    async stop() {
      child.kill()
      await exited
    },
  }
}
