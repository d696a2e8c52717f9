import type { Problem } from '@muster/contracts'
import { exit, type ExitCode } from './exit.ts'

/** Why a command ends without having done what was asked: one sentence for people, and the exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode
  readonly problem: Problem | undefined

  constructor(message: string, exitCode: ExitCode, options: { readonly problem?: Problem; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'Failure'
    this.exitCode = exitCode
    this.problem = options.problem
  }
}

export const usage = (message: string): Failure => new Failure(message, exit.usage)
