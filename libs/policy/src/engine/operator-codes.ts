import type { Arithmetic, Comparison } from '../checked.ts'

/* Operators as small integers. */

export const comparisonCode: { readonly [operator in Comparison]: number } = { '==': 0, '!=': 1, '<': 2, '<=': 3, '>': 4, '>=': 5 }

type Domain = 'int' | 'double' | 'string' | 'time'
const domainCode: { readonly [domain in Domain]: number } = { int: 0, double: 8, string: 16, time: 24 }
const operatorCode: { readonly [operator in Arithmetic]: number } = { '+': 0, '-': 1, '*': 2, '/': 3, '%': 4 }

export const arithmeticCode = (domain: Domain, operator: Arithmetic): number => domainCode[domain] + operatorCode[operator]
