import { readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { fileVariables, Settings, variables } from './settings.ts'
import { StartError } from './start-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Configuration {
  readonly settings: Settings
  /** What is set but nobody reads, with what may have been meant. */
  readonly warnings: readonly string[]
}

/** Of the environment and the files that it names. @throws StartError with every problem, each under the name by which it was set. */
export function loadConfiguration(
  environment: Environment,
  read: (path: string) => string = path => readFileSync(path, 'utf8'),
): Configuration {
  const problems: string[] = []
  const files = filesOf(environment, read, problems)
  const raw: Record<string, unknown> = { ...files.settings }
  if (files.identity !== undefined) raw['identity'] = files.identity

  const setBy = new Map<string, string>()
  for (const [variable, ...path] of variables) {
    const value = environment[variable]
    if (value === undefined || value === '') continue
    place(raw, path, value)
    setBy.set(path.join('.'), variable)
  }

  const parsed = Settings.safeParse(raw)
  if (parsed.success && problems.length === 0) return { settings: parsed.data, warnings: strangers(environment) }
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${nameOf(path, setBy, files)}: ${message}`)
  throw new StartError(`these settings are wrong:\n${problems.map(problem => `  ${problem}`).join('\n')}`)
}

interface Files {
  readonly settings?: Record<string, unknown>
  readonly settingsFile: string
  readonly identity?: unknown
  readonly identityFile?: string
}

function filesOf(environment: Environment, read: (path: string) => string, problems: string[]): Files {
  const settingsFile = environment['MUSTER_CONFIG'] ?? 'muster.yaml'
  const settings = parseFile(settingsFile, environment['MUSTER_CONFIG'] === undefined)
  const identityFile = environment['MUSTER_IDENTITY_FILE']
  if (settings !== undefined && (typeof settings !== 'object' || settings === null || Array.isArray(settings)))
    problems.push(`${settingsFile}: settings by name are expected`)
  return {
    settingsFile,
    ...(typeof settings === 'object' && settings !== null && !Array.isArray(settings) && { settings: { ...settings } }),
    ...(identityFile !== undefined && { identityFile, identity: parseFile(identityFile, false) ?? {} }),
  }

  function parseFile(path: string, mayLack: boolean): unknown {
    try {
      return parse(read(path)) ?? undefined
    } catch (error) {
      if (error instanceof YAMLParseError) problems.push(`${path}: ${error.message.split('\n', 1)[0] ?? 'not YAML'}`)
      else if (!(mayLack && error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        problems.push(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`)
      return undefined
    }
  }
}

function place(raw: Record<string, unknown>, [key, ...rest]: readonly string[], value: string): void {
  if (key === undefined) return
  if (rest.length === 0) {
    raw[key] = value
    return
  }
  const inner = raw[key]
  const copy = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  place(copy, rest, value)
  raw[key] = copy
}

function nameOf(path: readonly PropertyKey[], setBy: ReadonlyMap<string, string>, files: Files): string {
  for (let length = path.length; length > 0; length--) {
    const variable = setBy.get(path.slice(0, length).join('.'))
    if (variable !== undefined) return variable
  }
  if (path[0] === 'identity' && files.identityFile !== undefined) return `${files.identityFile} ${path.slice(1).join('.')}`.trim()
  return `${files.settingsFile} ${path.join('.')}`.trim()
}

/**
 * What Kubernetes sets by itself for a service that is called muster, or muster-something: MUSTER_SERVICE_HOST, MUSTER_SERVICE_PORT_HTTP,
 * MUSTER_PORT_7070_TCP_ADDR, and MUSTER_PORT, which holds an address such as tcp://10.0.0.1:7070 and so is no port that somebody set.
 */
const isOfKubernetes = (name: string, value = ''): boolean =>
  /_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$/.test(name) ||
  /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
  (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value))

/** A stranger is told and not refused, for others may set variables that begin like ours. */
function strangers(environment: Environment): string[] {
  const known = new Set([...variables.map(([variable]) => variable), ...Object.keys(fileVariables), 'MUSTER_URL', 'MUSTER_TOKEN'])
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith('MUSTER_') && !name.startsWith('MUSTER_TEST_') && !isOfKubernetes(name, value))
    .filter(([name]) => !known.has(name))
    .map(([name]) => `${name} is set, but it is no setting of Muster`)
}

export interface SettingDescription {
  readonly variable: string
  /** In muster.yaml. */
  readonly path: string
  readonly description: string
  readonly default: string
  readonly secret: boolean
}

/** Every setting for the documentation and for `muster config`. */
export function describeSettings(): readonly SettingDescription[] {
  const described = variables.map(([variable, ...path]): SettingDescription => {
    const { description = '', default: value, secret } = schemaAt(path)
    return { variable, path: path.join('.'), description, default: shown(value), secret: secret === true }
  })
  const files = Object.entries(fileVariables).map(([variable, description]) => ({
    variable,
    path: '',
    description,
    default: '',
    secret: false,
  }))
  return [...described, ...files]
}

/** What is in force, by variable, secrets masked. */
export function effectiveSettings(settings: Settings): Readonly<Record<string, string>> {
  const shownSettings = variables.map(([variable, ...path]): [string, string] => {
    const value = shown(path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), settings))
    return [variable, schemaAt(path).secret === true ? masked(value) : value]
  })
  return Object.fromEntries(shownSettings.filter(([, value]) => value !== ''))
}

/** Of an address only the password is a secret. */
const masked = (value: string): string => {
  if (value === '') return ''
  if (!URL.canParse(value)) return '***'
  const url = new URL(value)
  if (url.password !== '') url.password = '***'
  return url.href
}

const shown = (value: unknown): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value)
}

interface SettingSchema {
  readonly description?: string
  readonly default?: unknown
  readonly secret?: unknown
}

const jsonSchema: unknown = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' })

const schemaAt = (path: readonly string[]): SettingSchema => {
  const found = path.reduce<unknown>(
    (inner, key) => (isRecord(inner) && isRecord(inner['properties']) ? inner['properties'][key] : undefined),
    jsonSchema,
  )
  if (!isRecord(found)) throw new Error(`no setting ${path.join('.')}`)
  return found
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Of this process: its environment, its files, and what its command line sets. The one place that reads them. */
export const configurationOfProcess = (set: Environment): Configuration => loadConfiguration({ ...process.env, ...set })
