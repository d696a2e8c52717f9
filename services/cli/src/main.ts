import { muster } from './muster.ts'
import { systemTerminal } from './terminal.ts'
import { decideAsAsked, isToDecide } from './verify/decide-beside.ts'

if (isToDecide()) await decideAsAsked()
else process.exitCode = await muster(process.argv.slice(2), { ...systemTerminal(), program: new URL(import.meta.url) })
