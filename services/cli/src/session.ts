import type { Command } from 'commander'
import { makeClient, type Client } from './client.ts'
import { findDemoTokens, isLoopback, type DemoTokens } from './demo-tokens.ts'
import { usage } from './failure.ts'
import type { Terminal } from './terminal.ts'

/* Which server, as whom, and how to answer: what every command begins with. */

export interface GlobalOptions {
  readonly url?: string
  readonly token?: string
  readonly as?: string
  readonly output?: Form
}

/** How to answer. Only a command that says so can answer in CloudEvents. */
export type Form = 'text' | 'json' | 'cloudevents'

export interface Session {
  readonly terminal: Terminal
  readonly client: Client
  readonly json: boolean
  readonly form: Form
  /** Roles, where they are known: of a demo person. */
  readonly roles?: readonly string[]
  /** The answer: JSON as the server gave it, or text for people. */
  show(answer: unknown, text: () => string): void
  /** The same server as one of the demo's people. */
  as(name: string): Client
}

const standard = 'http://127.0.0.1:7070'

/** `person` is whom the command acts as where demo tokens are in force and nobody is named. */
export function openSession(command: Command, terminal: Terminal, person: string, more: readonly Form[] = []): Session {
  const options = command.optsWithGlobals<GlobalOptions>()
  const { env } = terminal
  const token = options.token ?? nonEmpty(env['MUSTER_TOKEN'])
  if (token !== undefined && options.as !== undefined)
    throw usage('--as picks a person of the demo and --token is somebody already: give one of them')

  const named = options.url ?? nonEmpty(env['MUSTER_URL'])
  // Where no server is named it is the demo's, whoever comes with which token.
  const demo = named === undefined || token === undefined ? findDemoTokens(nonEmpty(env['MUSTER_DATA_DIR']), terminal.cwd) : undefined
  const url = urlOf(named ?? nonEmpty(demo?.url) ?? standard)
  const demoHere = demo !== undefined && token === undefined && isLoopback(url) ? demo : undefined
  if (options.as !== undefined && demoHere === undefined)
    throw usage(`there is no demo token for ${options.as}: --as is for a demo server on this machine; give --token or MUSTER_TOKEN`)

  const form = options.output ?? 'text'
  if (form === 'cloudevents' && !more.includes(form)) throw usage('--output cloudevents is for events, such as muster log has')
  const json = form === 'json'
  const acting = demoHere === undefined ? undefined : personIn(demoHere, options.as ?? person)
  if (acting !== undefined) terminal.tell(`(a demo token is used: as ${acting.name})`)
  return {
    terminal,
    json,
    form,
    client: makeClient(url, token ?? acting?.token),
    ...(acting !== undefined && { roles: acting.roles }),
    show: (answer, text) => terminal.print(json ? JSON.stringify(answer, undefined, 2) : text()),
    as: name => {
      if (demoHere === undefined)
        throw usage('this needs the people of a demo server on this machine, started without an identity of its own')
      return makeClient(url, personIn(demoHere, name).token)
    },
  }
}

function personIn({ tokens, file }: DemoTokens, name: string): DemoTokens['tokens'][number] {
  const found = tokens.find(member => member.name === name)
  if (found === undefined) throw usage(`${file} knows no ${name}, but ${tokens.map(member => member.name).join(', ')}`)
  return found
}

function urlOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw usage(`"${text}" is not an address such as ${standard}`)
  return text.replace(/\/+$/, '')
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text)
