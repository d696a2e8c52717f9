import { Scalar } from 'yaml'

/*
 * Where the characters of a YAML scalar stand in the file, whatever its style: plain, quoted, literal or folded.
 * Styles differ in white space and escapes only, so what is not white space stands in the file in the same order: the two are walked side by side.
 */

interface Unit {
  readonly length: number
  readonly isSpace: boolean
}

/** For each index of the scalar's text, and for its end, the offset in the file. */
export function offsetsOf({ type, range, value }: Scalar, file: string): readonly number[] {
  const [from, to] = range ?? [0, 0]
  const unit = unitReaders[type ?? Scalar.PLAIN] ?? plainUnit
  let at = from + openingOf(type, file, from)
  const offsets: number[] = []
  const text = String(value)
  for (let index = 0; index < text.length; index++) {
    if (isWhite(text[index])) {
      offsets.push(at)
      continue
    }
    while (at < to && unit(file, at).isSpace) at += unit(file, at).length
    offsets.push(at)
    // One escape may stand for a pair of surrogates.
    const isHalf = file[at] === '\\' && file[at + 1] === 'U' && isHighSurrogate(text[index])
    if (!isHalf) at += unit(file, at).length
  }
  return [...offsets, at]
}

function openingOf(type: Scalar['type'], file: string, from: number): number {
  switch (type) {
    case Scalar.QUOTE_DOUBLE:
    case Scalar.QUOTE_SINGLE:
      return 1
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return file.indexOf('\n', from) + 1 - from
    case Scalar.PLAIN:
    case undefined:
      return 0
  }
}

const plainUnit = (file: string, at: number): Unit => ({ length: 1, isSpace: isWhite(file[at]) })

const unitReaders: { readonly [type in Scalar.Type]?: (file: string, at: number) => Unit } = {
  [Scalar.QUOTE_SINGLE]: (file, at) => (file.startsWith("''", at) ? { length: 2, isSpace: false } : plainUnit(file, at)),
  [Scalar.QUOTE_DOUBLE]: (file, at) => {
    if (file[at] !== '\\') return plainUnit(file, at)
    const letter = file[at + 1] ?? ''
    const digits = { x: 2, u: 4, U: 8 }[letter] ?? 0
    return { length: 2 + digits, isSpace: digits === 0 && 'nrtfv _NLP\n\r'.includes(letter) }
  },
}

const isWhite = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)
const isHighSurrogate = (character: string | undefined): boolean => character !== undefined && /[\uD800-\uDBFF]/.test(character)
