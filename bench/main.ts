import { UsageError, type Bench } from './bench.ts'
import { ledger } from './ledger/ledger.bench.ts'
import { pipeline } from './pipeline/pipeline.bench.ts'
import { policy } from './policy/policy.bench.ts'
import { reEvaluation } from './re-evaluation/re-evaluation.bench.ts'
import { store } from './store/store.bench.ts'

/* `npm run bench -- <name> [options]`. The last line is one line of JSON; what stands above it is for people. */

const benches: readonly Bench[] = [pipeline, policy, reEvaluation, store, ledger]
const list = benches.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')
const usage = `npm run bench -- <name> [options]\n\n${list}\n\n  <name> --help tells its options.`

const [name, ...args] = process.argv.slice(2)
const bench = benches.find(one => one.name === name)
if (bench === undefined) {
  const asked = name === undefined || name === '--help'
  console.log(asked ? usage : `there is no bench "${name}"\n\n${usage}`)
  process.exitCode = asked ? 0 : 2
} else if (args.includes('--help')) console.log(bench.help)
else
  try {
    const result = await bench.run(args, line => console.log(line))
    console.log(JSON.stringify({ bench: bench.name, ...result }))
  } catch (error) {
    console.error(error instanceof UsageError ? error.message : error)
    // At once: what was still being started when the bench was stopped ends with us.
    process.exit(error instanceof UsageError ? 2 : 1)
  }
