/* How answers look in a terminal: plain text, no colour, nothing that a log of CI would garble. */

/** Columns under their headings. The last one is as long as it is. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings.map(heading => heading.toUpperCase()), ...rows.map(row => row.map(oneLine))]
  const widths = headings.map((_, column) => Math.max(...lines.map(line => (line[column] ?? '').length)))
  return lines
    .map(line =>
      line
        .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names beside their values; what is undefined is left out. */
export function fields(pairs: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const width = Math.max(...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

/** Sections with an empty line between; what is empty is left out. */
export const sections = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join('\n\n')

export const bullets = (lines: readonly string[]): string => lines.map(line => `- ${line}`).join('\n')

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** To the second, in UTC, as everywhere in Muster. */
export const instant = (time: string): string => `${time.slice(0, 19).replace('T', ' ')}Z`

export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const oneLine = (text: string): string => text.replaceAll(/[\r\n\t]+/g, ' ')

/** Text that somebody else wrote, without what would steer a terminal. */
export const printable = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD')
