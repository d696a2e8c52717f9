import { deepestEvent } from '@muster/contracts'

/**
 * Why the ledger would not seal this value as the data of an event, and where: nested too deep, a number that canonical JSON would round, or a
 * name that two readers understand differently. An event that stops the sealing must never stand in the log, so this is asked before it is
 * recorded. Undefined when it can be sealed. Never deeper on the stack than an event may be.
 */
export function flawOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? ': the number is too large to be kept exactly' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === deepestEvent) return `: objects and lists are nested deeper than ${deepestEvent}`
  for (const [name, field] of Object.entries(value)) {
    if (name === '__proto__') return ': the key __proto__ is not taken'
    const flaw = flawOf(field, depth + 1)
    if (flaw !== undefined) return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${flaw}`
  }
  return undefined
}
