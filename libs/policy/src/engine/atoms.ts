import type { RE2JS } from 're2js'
import type { TextFunction } from '../checked.ts'
import { sizeOf, textFunction } from '../functions.ts'
import { limits } from '../limits.ts'
import { emptyCells, pushNode, takeCell, type Cells } from './cells.ts'
import { compareTexts, equalCells, equalLists, holds, truth } from './comparing.ts'
import { add } from './instant.ts'
import type { Machine } from './machine.ts'
import type { Op } from './program.ts'
import { state } from './state.ts'

/* What computes: strict in its operands, each by small integers and registers. */

const { absent, unknown, error, number, text: aText, timestamp, duration, list } = state

/** `one` and `other` are the bytes of its operands, which are there. */
export function compute(machine: Machine, node: number, at: number, one: number, other: number): number {
  const { code } = machine
  const a = code[at + 1] as number
  const b = code[at + 2] as number
  switch (code[at]) {
    case 7 satisfies Op<'compare'>:
      return comparison(machine, code[at + 3] as number, a, b, one, other)
    case 8 satisfies Op<'in'>:
      return contains(machine, a, machine.refs[b] as Cells)
    case 14 satisfies Op<'arithmetic'>:
      return calculate(machine, node, code[at + 3] as number, a, b)
    case 12 satisfies Op<'size'>:
      machine.numbers[node] = one === list ? (machine.refs[a] as Cells).length : one === aText ? sizeOf(machine.refs[a] as string) : 0
      return number
    case 15 satisfies Op<'negate'>:
      return negated(machine, node, a, one)
    case 16 satisfies Op<'text'>:
      return textual(machine, node, a, b)
    case 18 satisfies Op<'convert'>:
      return converted(machine, node, a, one)
    case 17 satisfies Op<'matches'>: {
      const matched = machine.refs[a] as string
      return matched.length > limits.matched ? error : truth((machine.program.patterns[node] as RE2JS).test(matched))
    }
    case 20 satisfies Op<'index'>: {
      const cells = machine.refs[a] as Cells
      const wanted = machine.numbers[b] as number
      return wanted >= 0 && wanted < cells.length ? takeCell(machine, node, cells, wanted) : error
    }
    default:
      throw new Error(`node ${node} does nothing known`)
  }
}

function comparison(machine: Machine, code: number, a: number, b: number, one: number, other: number): number {
  const { numbers, micros, refs } = machine
  switch (one) {
    case number:
      return truth(holds(code, (numbers[a] as number) - (numbers[b] as number)))
    case aText:
      return truth(compareTexts(code, refs[a] as string, refs[b] as string))
    case timestamp:
    case duration: {
      const seconds = (numbers[a] as number) - (numbers[b] as number)
      return truth(holds(code, seconds === 0 ? (micros[a] as number) - (micros[b] as number) : seconds))
    }
    case list: {
      const equal = equalLists(refs[a] as Cells, refs[b] as Cells)
      return code === 1 && equal < absent ? truth(equal !== state.true) : equal
    }
    default:
      return truth(code === 1 ? one !== other : code === 0 ? one === other : holds(code, 0))
  }
}

/** An element that is equal decides, whatever the others are. */
export function contains(machine: Machine, element: number, cells: Cells): number {
  const one = machine.states[element] as number
  let worst: number = state.false
  let own: Cells | undefined
  for (let at = 0; at < cells.length; at++) {
    const other = cells.states[at] as number
    let equal = other
    if (other < absent) {
      if (one === aText) equal = truth(machine.refs[element] === cells.refs[at])
      else if (one === number) equal = truth(machine.numbers[element] === cells.numbers[at])
      else {
        if (own === undefined) pushNode((own = emptyCells()), machine, element)
        equal = equalCells(own, 0, cells, at)
      }
    }
    if (equal === state.true) return equal
    if (equal >= absent && worst !== error) worst = equal === error ? error : unknown
  }
  return worst
}

function calculate(machine: Machine, node: number, code: number, a: number, b: number): number {
  const { numbers, micros, slopes, refs } = machine
  const one = numbers[a] as number
  const other = numbers[b] as number
  switch (code >> 3) {
    case 0:
      return whole(machine, node, code & 7, one, other)
    case 1: {
      const value = inexact(code & 7, one, other)
      numbers[node] = value
      return Number.isFinite(value) ? number : error
    }
    case 2: {
      const joined = (refs[a] as string) + (refs[b] as string)
      refs[node] = joined
      return joined.length > limits.text ? error : aText
    }
    default: {
      const sign = (code & 7) === 1 ? -1 : 1
      add(one + sign * other, (micros[a] as number) + sign * (micros[b] as number), machine.read)
      numbers[node] = machine.read.number
      micros[node] = machine.read.micros
      slopes[node] = (slopes[a] as number) + sign * (slopes[b] as number)
      return machine.states[a] === machine.states[b] ? duration : timestamp
    }
  }
}

/** Exact: a result of safe integers that is not safe is not rounded to a safe one, and a quotient is of a multiple. */
function whole(machine: Machine, node: number, code: number, one: number, other: number): number {
  if (other === 0 && code >= 3) return error
  const value = (code === 3 ? (one - (one % other)) / other : inexact(code, one, other)) + 0
  machine.numbers[node] = value
  return Number.isSafeInteger(value) ? number : error
}

function inexact(code: number, one: number, other: number): number {
  switch (code) {
    case 0:
      return one + other
    case 1:
      return one - other
    case 2:
      return one * other
    case 3:
      return one / other
    default:
      return one % other
  }
}

function negated(machine: Machine, node: number, a: number, one: number): number {
  const { numbers, micros, slopes } = machine
  if (one === number) {
    numbers[node] = -(numbers[a] as number)
    return number
  }
  add(-(numbers[a] as number), -(micros[a] as number), machine.read)
  numbers[node] = machine.read.number
  micros[node] = machine.read.micros
  slopes[node] = -(slopes[a] as number)
  return one
}

function textual(machine: Machine, node: number, a: number, b: number): number {
  const name = machine.program.functions[node] as TextFunction
  const value = textFunction(name, machine.refs[a] as string, b < 0 ? undefined : (machine.refs[b] as string))
  if (typeof value === 'boolean') return truth(value)
  machine.refs[node] = value
  return aText
}

function converted(machine: Machine, node: number, a: number, one: number): number {
  const { numbers, refs, program } = machine
  switch (program.functions[node]) {
    case 'string':
      refs[node] = one === aText ? refs[a] : one === number ? String(numbers[a]) : String(one === state.true)
      return aText
    case 'double':
      numbers[node] = numbers[a] as number
      return number
    default: {
      const value = Math.trunc(numbers[a] as number) + 0
      numbers[node] = value
      return Number.isSafeInteger(value) ? number : error
    }
  }
}
