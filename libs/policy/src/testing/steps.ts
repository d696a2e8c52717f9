import { Session, type Profiler } from 'node:inspector'

/*
 * How many steps some work takes: calls of functions and turns of loops, as V8 counts them for code coverage. Counted and not timed, so that it
 * comes out the same on a busy machine; and nothing has to be built into what is measured. Only what is imported after `countSteps` is counted.
 */

export interface StepCounter {
  /** Within files whose address contains one of these. */
  of(work: () => unknown, files: readonly string[]): number
  stop(): void
}

export function countSteps(): StepCounter {
  const session = new Session()
  session.connect()
  const post = <Answer>(method: string, parameters?: object): Answer => {
    let answer: unknown
    session.post(method, parameters, (error, result) => {
      if (error !== null) throw error
      answer = result
    })
    return answer as Answer
  }
  const take = (): Profiler.TakePreciseCoverageReturnType => post('Profiler.takePreciseCoverage')
  post('Profiler.enable')
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    of(work, files) {
      take()
      work()
      return take()
        .result.filter(({ url }) => files.some(file => url.includes(file)))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
        .reduce((sum, { count }) => sum + count, 0)
    },
    stop() {
      post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}
