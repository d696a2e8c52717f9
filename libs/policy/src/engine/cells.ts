import { state } from './state.ts'

/*
 * Values in registers: of the nodes, as one memo; of the elements of a list, as cells of the same form.
 * A cell is told apart by its state: a number, whole seconds and microseconds with the slope of a time, or a reference.
 */

export interface Cells {
  length: number
  readonly states: number[]
  readonly numbers: number[]
  readonly micros: number[]
  readonly slopes: number[]
  readonly refs: unknown[]
}

/** The registers of all nodes. */
export interface NodeRegisters {
  readonly states: Uint8Array
  readonly numbers: Float64Array
  readonly micros: Float64Array
  /** How a time moves with the clock, as in `Time`. */
  readonly slopes: Int32Array
  readonly refs: unknown[]
}

export const emptyCells = (): Cells => ({ length: 0, states: [], numbers: [], micros: [], slopes: [], refs: [] })

/** A copy of what a node came to, as the last element. */
export function pushNode(cells: Cells, machine: NodeRegisters, node: number): void {
  const at = cells.length++
  cells.states[at] = machine.states[node] as number
  cells.numbers[at] = machine.numbers[node] as number
  cells.micros[at] = machine.micros[node] as number
  cells.slopes[at] = machine.slopes[node] as number
  cells.refs[at] = machine.refs[node]
}

export function pushCell(cells: Cells, from: Cells, index: number): void {
  const at = cells.length++
  cells.states[at] = from.states[index] as number
  cells.numbers[at] = from.numbers[index] as number
  cells.micros[at] = from.micros[index] as number
  cells.slopes[at] = from.slopes[index] as number
  cells.refs[at] = from.refs[index]
}

/** Makes a node come to an element. */
export function takeCell(machine: NodeRegisters, node: number, cells: Cells, index: number): number {
  const taken = cells.states[index] as number
  machine.states[node] = taken
  switch (taken) {
    case state.number:
      machine.numbers[node] = cells.numbers[index] as number
      break
    case state.timestamp:
    case state.duration:
      machine.numbers[node] = cells.numbers[index] as number
      machine.micros[node] = cells.micros[index] as number
      machine.slopes[node] = cells.slopes[index] as number
      break
    case state.text:
    case state.list:
    case state.record:
      machine.refs[node] = cells.refs[index]
  }
  return taken
}

export function takeNode(machine: NodeRegisters, node: number, from: number): number {
  const taken = machine.states[from] as number
  machine.numbers[node] = machine.numbers[from] as number
  machine.micros[node] = machine.micros[from] as number
  machine.slopes[node] = machine.slopes[from] as number
  machine.refs[node] = machine.refs[from]
  return taken
}
