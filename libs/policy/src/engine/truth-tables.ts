import { state } from './state.ts'

/*
 * The connectives as tables over memo bytes: four bits of the one operand, four of the other. What is decisive decides, whatever the other is;
 * else an error outranks unknown; a fact that is absent is unknown when it is read.
 */

const bytes = 16
const every = Array.from({ length: bytes }, (_, byte) => byte)

const isProblem = (byte: number): boolean => byte >= state.absent

function connective(decisive: number, otherwise: number): Uint8Array {
  const both = (one: number, other: number): number => {
    if (one === decisive || other === decisive) return decisive
    if (one === state.error || other === state.error) return state.error
    return isProblem(one) || isProblem(other) ? state.unknown : otherwise
  }
  return Uint8Array.from(every.flatMap(one => every.map(other => both(one, other))))
}

export const andTable = connective(state.false, state.true)
export const orTable = connective(state.true, state.false)

const opposite = (byte: number): number => (byte === state.true ? state.false : byte === state.false ? state.true : problemOf(byte))
const problemOf = (byte: number): number => (byte === state.absent ? state.unknown : byte)

export const notTable = Uint8Array.from(every, opposite)
/** `has()`: whether it is there at all. Of what is unknown it is not known. */
export const hasTable = Uint8Array.from(every, byte => (byte < state.absent ? state.true : byte === state.absent ? state.false : byte))
/** What is strict comes to, where its one operand is no value. */
export const strictTable = Uint8Array.from(every, problemOf)
