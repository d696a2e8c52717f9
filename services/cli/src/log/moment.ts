import { InvalidArgumentError } from 'commander'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const span = /^(\d{1,9})([smhdw])$/

/** An instant as people give it: RFC 3339, a day, or how long ago, such as 1h. */
export const instantOf = (text: string, now: Date): string => {
  const [, number, unit] = span.exec(text) ?? []
  const time = number === undefined ? timeOf(text) : now.getTime() - Number(number) * units[unit as keyof typeof units]
  if (Number.isNaN(time))
    throw new InvalidArgumentError('An instant such as 2026-11-01T08:00:00Z, a day, or a time ago such as 1h or 2d is wanted.')
  return new Date(time).toISOString()
}

/** A time without its zone would be another one on each machine. */
const timeOf = (text: string): number => (/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN)

/** A position of the log, or an instant. */
export const momentOf = (text: string, now: Date): string => (/^\d{1,15}$/.test(text) ? text : instantOf(text, now))
