import type { LoggerService } from '@nestjs/common'
import { pino, type Logger } from 'pino'
import type { Settings } from './settings.ts'

/** JSON lines for machines, or one plain line each for people at a terminal. */
export function makeLogger({ level, format = process.stdout.isTTY ? 'text' : 'json' }: Settings['log']): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return format === 'json'
    ? pino(options, pino.destination({ dest: 1, sync: true }))
    : pino(options, { write: line => process.stdout.write(plainLine(line)) })
}

function plainLine(line: string): string {
  const { level, time, msg, err, ...rest }: Record<string, unknown> = JSON.parse(line)
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : ''
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[msg, ...fields].join('  ')}${stack}\n`
}

/** Nest's own words, of which only trouble interests anybody. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...rest: unknown[]) => logger.debug({ context: rest.at(-1) }, String(message)),
  debug: (message: unknown, ...rest: unknown[]) => logger.debug({ context: rest.at(-1) }, String(message)),
  verbose: (message: unknown, ...rest: unknown[]) => logger.trace({ context: rest.at(-1) }, String(message)),
  warn: (message: unknown, ...rest: unknown[]) => logger.warn({ context: rest.at(-1) }, String(message)),
  error: (message: unknown, ...rest: unknown[]) => logger.error({ context: rest.at(-1), detail: rest[0] }, String(message)),
  fatal: (message: unknown, ...rest: unknown[]) => logger.fatal({ context: rest.at(-1) }, String(message)),
})
