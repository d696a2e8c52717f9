import { writeFileSync } from 'node:fs'

/* A vitest reporter that writes how many tests passed, failed and were skipped to the file that MUSTER_TEST_COUNTS names. */

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map(test => test.result().state)
      for (const state of states) counts[state === 'pending' ? 'skipped' : state] += 1
      // A file that does not load, or whose hook fails, has no test to blame.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed += 1
    }
    writeFileSync(process.env.MUSTER_TEST_COUNTS, JSON.stringify(counts))
  }
}
