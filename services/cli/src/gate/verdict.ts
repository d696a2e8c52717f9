import type { DryRun, IntentAnswer } from '@muster/contracts'
import { exit, type ExitCode } from '../exit.ts'

/* The decision as CD obeys it. Only `cleared` lets anything through. */

export type Status = IntentAnswer['status'] | DryRun['verdict']

export function exitCodeOf(status: Status): ExitCode {
  switch (status) {
    case 'cleared':
      return exit.ok
    case 'blocked':
    case 'refused':
    case 'lapsed':
    case 'revoked':
      return exit.no
    case 'undecided':
    case 'waiting':
    case 'approval-required':
      return exit.pending
  }
}

export const headlineOf: Readonly<Record<Status, string>> = {
  cleared: 'CLEARED',
  blocked: 'BLOCKED',
  refused: 'REFUSED',
  lapsed: 'LAPSED',
  revoked: 'REVOKED',
  undecided: 'NOT DECIDED YET',
  waiting: 'WAITS',
  'approval-required': 'NEEDS AN APPROVAL',
}
