const unicodeClass = 100

/**
 * About how many instructions a regular expression compiles to, and never fewer: each repetition by a number multiplies what it repeats,
 * and a class of Unicode counts for many, since it takes as long. Known from the text in one pass, so that a pattern which would take long to compile is refused before it is.
 */
export function patternSize(pattern: string): number {
  const outer: number[] = []
  let total = 0
  let last = 0
  const add = (size: number): void => {
    total += size
    last = size
  }
  const token = /\\[pPx]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[^]/gsuy
  for (const { 0: text, 1: least, 2: most } of pattern.matchAll(token)) {
    if (least !== undefined) {
      const times = Math.max(Number(least), Number(most ?? 0)) + 1
      const repeated = last * times + times
      total += repeated - last
      last = repeated
    } else if (text === '(') {
      outer.push(total)
      total = 0
    } else if (text === ')') {
      const inner = total + 2
      total = outer.pop() ?? 0
      add(inner)
    } else if (text === '*' || text === '+' || text === '?' || text === '|') total += 2
    else add(1 + (text.match(/\\[pP]/g)?.length ?? 0) * unicodeClass)
  }
  return outer.reduce((sum, size) => sum + size, total) + 2
}
