import type { CaseResult } from '@muster/policy'

/* Results of cases as JUnit XML, which every CI system shows: one suite a file, one test a case. No times, so the same cases give the same bytes. */

export function junitOf(results: readonly CaseResult[]): string {
  const files = [...new Set(results.map(({ file }) => file))]
  const suites = files.map(file =>
    suite(
      file,
      results.filter(result => result.file === file),
    ),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="muster policies test" ${tallyOf(results)}>`,
    ...suites.flat(),
    '</testsuites>',
    '',
  ].join('\n')
}

const suite = (file: string, results: readonly CaseResult[]): readonly string[] => [
  `  <testsuite name="${escaped(file)}" ${tallyOf(results)}>`,
  ...results.flatMap(testCase),
  '  </testsuite>',
]

function testCase({ policy, name, file, line, differences }: CaseResult): readonly string[] {
  const attributes = `classname="${escaped(policy)}" name="${escaped(name)}" file="${escaped(file)}" line="${line}"`
  if (differences.length === 0) return [`    <testcase ${attributes}/>`]
  const message = differences.map(({ text }) => text).join('; ')
  const body = differences.flatMap(({ text, because }) => [text, ...because.map(reason => `  ${reason}`)]).join('\n')
  return [`    <testcase ${attributes}>`, `      <failure message="${escaped(message)}">${escaped(body)}</failure>`, '    </testcase>']
}

const tallyOf = (results: readonly CaseResult[]): string =>
  `tests="${results.length}" failures="${results.filter(({ differences }) => differences.length > 0).length}" errors="0"`

/** Characters that XML 1.0 cannot hold are replaced. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
