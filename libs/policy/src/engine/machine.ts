import type { Facts } from '@muster/contracts'
import type { Cells } from './cells.ts'
import type { FactRegisters } from './fact-reading.ts'
import type { Program } from './program.ts'

/* What the interpreter works in: the memo, the registers of every node, and room for the lists. One of each for all decisions of a program. */

export interface Machine {
  readonly program: Program
  facts: Facts
  readonly states: Uint8Array
  readonly numbers: Float64Array
  readonly micros: Float64Array
  /** How a time moves with the clock, as in `Time`. */
  readonly slopes: Int32Array
  readonly refs: unknown[]
  /** The element that a node found decisive, or -1. */
  readonly witnesses: Int32Array
  readonly read: FactRegisters
  readonly lists: (Cells | undefined)[]
}

export function createMachine(program: Program): Machine {
  return {
    program,
    facts: {},
    states: program.states.slice(),
    numbers: program.numbers.slice(),
    micros: program.micros.slice(),
    slopes: new Int32Array(program.size),
    refs: [...program.refs],
    witnesses: new Int32Array(program.size).fill(-1),
    read: { number: 0, micros: 0, ref: undefined },
    lists: program.refs.map(() => undefined),
  }
}

export function begin(machine: Machine, facts: Facts): void {
  machine.facts = facts
  machine.states.set(machine.program.states)
}
