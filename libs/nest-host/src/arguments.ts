import { describeSettings, type Environment } from './configuration.ts'

/* The command line of a server: all but one of its settings are variables and a file, so there is little to say there. */

export type Arguments =
  | { readonly kind: 'start'; readonly set: Environment }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'unknown'; readonly sentence: string }

export function readArguments(words: readonly string[]): Arguments {
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help', text: help() }
  const stranger = words.find(word => word !== keepGoing)
  if (stranger !== undefined)
    return { kind: 'unknown', sentence: `"${stranger}" is no argument of the server: npm start -- --help says which there are` }
  return { kind: 'start', set: words.includes(keepGoing) ? { MUSTER_POLICIES_KEEP_GOING: 'true' } : {} }
}

const keepGoing = '--keep-going'

function help(): string {
  const settings = describeSettings().map(({ variable, path, description, default: value }) => {
    const notes = [...(path === '' ? [] : [path]), ...(value === '' ? [] : [`default ${value}`])]
    return `  ${variable}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}\n      ${description}`
  })
  return [
    'Usage: npm start                     starts the server',
    '       npm start -- --keep-going     leaves out policies that are not good, and starts with the others',
    '       npm start -- --help',
    '',
    'Settings, by their variable in the environment and their name in muster.yaml; the environment wins:',
    ...settings,
  ].join('\n')
}
