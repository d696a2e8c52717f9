import { muster } from './muster.ts'
import { systemTerminal } from './terminal.ts'

process.exitCode = await muster(process.argv.slice(2), systemTerminal())
