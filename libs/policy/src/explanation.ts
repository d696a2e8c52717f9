import type { FactValue } from '@muster/contracts'
import type { Explained, Truth } from './scope.ts'
import type { RuleResult } from './policy.ts'

/* The result of a rule in one or two sentences for people. */

const mostShown = 3

export function explain({ policy, rule, outcome, message, missing, errors, because }: RuleResult): string {
  const name = `${policy}/${rule}`
  switch (outcome) {
    case 'pass':
      return `${name} passes${reasons(because)}.`
    case 'fail':
      return `${name} fails: ${sentence(message)}${because.length === 0 ? '' : ` ${capital(reasons(because, '').trim())}.`}`
    case 'unknown':
      return `${name} is unknown: ${some(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`
    case 'error':
      return `${name} cannot be evaluated: ${some(errors)}.`
  }
}

function reasons(because: readonly Explained[], lead = ': '): string {
  const shown = because.slice(0, mostShown).map(({ text, values, result }) => `${text} is ${truth(result)}${given(values)}`)
  const more = because.length - shown.length
  return shown.length === 0 ? '' : `${lead}${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function given(values: Explained['values']): string {
  const entries = Object.entries(values)
  const shown = entries.slice(0, mostShown).map(([path, value]) => `${path} = ${plain(value)}`)
  const more = entries.length - shown.length
  return shown.length === 0 ? '' : ` (${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''})`
}

function some(texts: readonly string[]): string {
  const shown = texts.slice(0, mostShown)
  const more = texts.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const truth = (result: Truth): string => (result === 'error' ? 'in error' : String(result))
const plain = (value: FactValue): string => JSON.stringify(value)
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
const capital = (text: string): string => text
