import { canonicalJson } from '@muster/contracts'
import { isNonEmpty, type NonEmpty, type Sha256 } from '@muster/kernel'
import { accept, checkTrust, readKey, refuse, writeKey, type LogKey, type Result, type Trust, type Witness } from '@muster/ledger'
import { fieldsOf, isCount } from './manifest.ts'

/*
 * Keys as text: of a log, each with the sizes of the tree that it speaks for, and of those who watch it. In a bundle they say which keys the
 * log claims; in the auditor's own file they say whom the auditor believes.
 */

const keyFields = ({ key, from, through }: LogKey) => ({ from, key: writeKey(key), ...(through !== undefined && { through }) })

export const writeLogKeys = (keys: readonly LogKey[]): string => canonicalJson(keys.map(keyFields))

export function readLogKeys(sha256: Sha256, text: string): Result<NonEmpty<LogKey>> {
  const value = parsed(text)
  if (!Array.isArray(value)) return refuse('keys.json is no list of keys')
  const keys = logKeysOf(sha256, value)
  if (!keys.ok) return keys
  return writeLogKeys(keys.value) === text ? keys : refuse('keys.json is not written as canonical JSON')
}

export const writeTrust = ({ origin, logKeys, witnesses, quorum }: Trust): string =>
  canonicalJson({
    logKeys: logKeys.map(keyFields),
    origin,
    quorum,
    witnesses: witnesses.map(({ name, keys }) => ({ keys: keys.map(writeKey), name })),
  })

/** An auditor's own file: `{ origin, logKeys: [{ key, from, through? }], witnesses: [{ name, keys }], quorum }`; people may write it as they like. */
export function readTrust(sha256: Sha256, text: string): Result<Trust> {
  const { origin, logKeys, witnesses = [], quorum = 0 } = fieldsOf(parsed(text))
  if (typeof origin !== 'string' || !Array.isArray(logKeys)) return refuse('it should be JSON with an origin and a list logKeys')
  if (!Array.isArray(witnesses) || !isCount(quorum)) return refuse('witnesses is no list, or quorum is not a whole number')
  const keys = logKeysOf(sha256, logKeys)
  if (!keys.ok) return keys
  const watching: Witness[] = []
  for (const item of witnesses as readonly unknown[]) {
    const { name, keys: texts } = fieldsOf(item)
    if (typeof name !== 'string' || !Array.isArray(texts)) return refuse('a witness has a name and a list of keys')
    const read = (texts as readonly unknown[]).map(one => readKey(sha256, typeof one === 'string' ? one : ''))
    const wrong = read.find(one => !one.ok)
    if (wrong !== undefined && !wrong.ok) return wrong
    const good = read.flatMap(one => (one.ok ? [one.value] : []))
    if (!isNonEmpty(good)) return refuse(`the witness ${name} has no key`)
    watching.push({ name, keys: good })
  }
  return checkTrust({ origin, logKeys: keys.value, witnesses: watching, quorum })
}

function logKeysOf(sha256: Sha256, items: readonly unknown[]): Result<NonEmpty<LogKey>> {
  const keys: LogKey[] = []
  for (const item of items) {
    const { key, from, through } = fieldsOf(item)
    const read = readKey(sha256, typeof key === 'string' ? key : '')
    if (!read.ok) return read
    if (!isCount(from) || (through !== undefined && !isCount(through)))
      return refuse(`${read.value.name} is in force from and through no size`)
    keys.push({ key: read.value, from, ...(through !== undefined && { through }) })
  }
  return isNonEmpty(keys) ? accept(keys) : refuse('there is no key of the log')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
