import type { Facts } from '@muster/contracts'
import { emptyCells } from './cells.ts'
import { columnAt, field, readShape } from './fields.ts'
import { readTimestamp } from './instant.ts'
import type { Machine } from './machine.ts'
import { readerText } from './reader-text.ts'
import { fieldKind, type Shape } from './shape.ts'
import { state } from './state.ts'

/* Reads the facts of a plan: by a function that is made for it, or field by field where no code may be made (`--disallow-code-generation-from-strings`). */

export type Reader = (facts: Facts) => void

export function readerFor(machine: Machine): Reader {
  makeLists(machine, machine.plan.shape)
  try {
    const text = readerText(machine.program, machine.plan)
    // oxlint-disable-next-line typescript/no-implied-eval -- the text has node numbers and names of the facts schema as JSON literals, nothing of a policy
    const make = new Function('machine', 'field', 'readTimestamp', text) as (...given: unknown[]) => Reader
    return make(machine, field, readTimestamp)
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return plainReader(machine)
  }
}

export const plainReader =
  (machine: Machine): Reader =>
  facts => {
    const { shape, lists } = machine.plan
    readShape(machine, shape, facts)
    for (const { node, columns } of lists) if (machine.states[node] === state.list) for (const column of columns) columnAt(machine, column)
  }

function makeLists(machine: Machine, shape: Shape): void {
  for (const { kind, node, inner } of shape) {
    if (kind === fieldKind.records) machine.lists[node] ??= emptyCells()
    makeLists(machine, inner)
  }
}
