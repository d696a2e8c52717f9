/*
 * Timestamps and durations, in whole microseconds as bigint: exact for every year that RFC 3339 can write.
 * A day is 24 hours. Months and years have no fixed length and are therefore no duration.
 */

const second = 1_000_000n
const day = 86_400n * second
const units: { readonly [unit: string]: bigint } = {
  w: 7n * day,
  d: day,
  h: 3_600n * second,
  m: 60n * second,
  s: second,
  ms: 1_000n,
  us: 1n,
  µs: 1n,
}

/** RFC 3339. Digits below the microsecond are cut off. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text)
  if (match === null) return undefined
  const [year, month, date, hours, minutes, seconds] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const offsetHours = Number(match[9] ?? 0)
  const offsetMinutes = Number(match[10] ?? 0)
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined
  const offset = (match[8] === '-' ? -60 : 60) * (offsetHours * 60 + offsetMinutes)
  const wholeSeconds = daysSinceEpoch(year, month, date) * 86_400 + hours * 3_600 + minutes * 60 + seconds - offset
  return BigInt(wholeSeconds) * second + BigInt((match[7] ?? '').slice(0, 6).padEnd(6, '0'))
}

/** RFC 3339 in UTC with as many digits as are needed: none, three or six. */
export function formatTimestamp(micros: bigint): string {
  const days = floorDivide(micros, day)
  const { year, month, date } = civilDate(Number(days))
  const rest = micros - days * day
  const clock = rest / second
  const sign = year < 0 ? '-' : ''
  return (
    `${sign}${padded(Math.abs(year), 4)}-${padded(month, 2)}-${padded(date, 2)}` +
    `T${padded(clock / 3_600n, 2)}:${padded((clock / 60n) % 60n, 2)}:${padded(clock % 60n, 2)}${fraction(rest % second)}Z`
  )
}

/** ISO 8601 of weeks, days and smaller (`P90D`, `PT4H`), or units in a row (`90d`, `1h30m`, `1.5h`); either may be negative. */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > 100) return undefined
  const negative = text.startsWith('-')
  const body = negative ? text.slice(1) : text
  const micros = body.startsWith('P') ? parseIso(body) : parseUnits(body)
  return micros !== undefined && negative ? -micros : micros
}

/** ISO 8601 in days, hours, minutes and seconds. */
export function formatDuration(micros: bigint): string {
  if (micros === 0n) return 'PT0S'
  const size = micros < 0n ? -micros : micros
  const inDay = size % day
  const inMinute = inDay % (60n * second)
  const part = (amount: bigint, unit: string): string => (amount === 0n ? '' : `${amount}${unit}`)
  const seconds = inMinute === 0n ? '' : `${inMinute / second}${fraction(inMinute % second)}S`
  const clock = part(inDay / (3_600n * second), 'H') + part((inDay / (60n * second)) % 60n, 'M') + seconds
  return `${micros < 0n ? '-' : ''}P${part(size / day, 'D')}${clock === '' ? '' : `T${clock}`}`
}

function parseIso(text: string): bigint | undefined {
  const weeks = /^P(\d+)W$/.exec(text)
  if (weeks !== null) return amountOf(weeks[1], 'w')
  const match = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,6})?)S)?)?$/.exec(text)
  if (match === null || text === 'P') return undefined
  return ['d', 'h', 'm', 's'].reduce((sum, unit, index) => sum + amountOf(match[index + 1], unit), 0n)
}

function parseUnits(text: string): bigint | undefined {
  if (!/^(?:\d+(?:\.\d{1,6})?(?:d|h|ms|m|us|µs|s))+$/.test(text)) return text === '0' ? 0n : undefined
  let sum = 0n
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(d|h|ms|m|us|µs|s)/g)) sum += amountOf(amount, unit)
  return sum
}

/** What does not come out in whole microseconds is cut off. */
function amountOf(amount: string | undefined, unit: string | undefined): bigint {
  const [whole = '0', decimals = ''] = (amount ?? '0').split('.')
  const size = units[unit ?? ''] ?? 0n
  return BigInt(whole) * size + (decimals === '' ? 0n : (BigInt(decimals) * size) / 10n ** BigInt(decimals.length))
}

function fraction(micros: bigint): string {
  if (micros === 0n) return ''
  return micros % 1_000n === 0n ? `.${padded(micros / 1_000n, 3)}` : `.${padded(micros, 6)}`
}

const padded = (amount: number | bigint, width: number): string => String(amount).padStart(width, '0')

export const floorDivide = (amount: bigint, by: bigint): bigint => {
  const quotient = amount / by
  return amount % by !== 0n && amount < 0n !== by < 0n ? quotient - 1n : quotient
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March. */
function daysSinceEpoch(year: number, month: number, date: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function civilDate(days: number): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}
