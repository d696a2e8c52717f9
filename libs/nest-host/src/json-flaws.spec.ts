import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flawIn } from './json-flaws.ts'

describe('In a JSON text', () => {
  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":[{"b":1},{"b/c":1,"b\\/c":2}]}', '/a/1/b~1c'],
    ['{"__proto__":1}', '/__proto__'],
    ['[1, 9007199254740993]', '/1'],
    ['"\\ud800"', ''],
    ['{"a":"\\u0000"}', '/a'],
    ['[[[[]]]]', '/0/0/0'],
  ])('%s hides something at "%s"', (text, path) => expect(flawIn(text, 3)?.path).toBe(path))

  it('nothing is hidden that was written from a value which it can hold', () =>
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__') && !text.includes('\\u0000') && !/e\+/.test(text) && !/\d{16}/.test(text))
        expect(flawIn(text, 64)).toBeUndefined()
      }),
    ))
})
