import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findMaven } from './tools.mjs'

/*
 * Kafka's jars, kept in `.muster/kafka/<version>/libs` between runs.
 *
 * They are fetched into a folder beside it, which gets that name only when it is complete: a folder of that name is always whole,
 * however often a fetch was killed, and two processes that fetch at once do not disturb each other.
 */

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, '..', '..')

export const DEFAULT_VERSION = '4.3.0'

export function libsOf(version) {
  return join(ROOT, '.muster', 'kafka', version, 'libs')
}

export function hasJars(version) {
  return existsSync(libsOf(version))
}

/** Kafka logs through log4j 2 since 4.0 and through reload4j before. */
export function loggingOf(version) {
  return Number.parseInt(version, 10) >= 4
    ? { profile: 'log4j2', flag: `-Dlog4j2.configurationFile=${join(HERE, 'log4j2.properties')}` }
    : { profile: 'reload4j', flag: `-Dlog4j.configuration=file:${join(HERE, 'reload4j.properties')}` }
}

/** The folder that holds every jar of this version; fetches them by Maven if it is not there. */
export async function resolveJars(version, log) {
  const libs = libsOf(version)
  if (existsSync(libs)) return libs
  const maven = findMaven()
  if (maven === undefined) throw new Error('Maven is missing')

  log(`Fetching Kafka ${version} by Maven, once …`)
  const partial = join(dirname(libs), `libs.partial-${process.pid}`)
  await mkdir(partial, { recursive: true })
  try {
    const pom = join(HERE, 'pom.xml')
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`]
    await run(maven, ['-q', '-B', '-f', pom, `-Dkafka.version=${version}`, `-P${loggingOf(version).profile}`, ...goal])
    await rename(partial, libs).catch(error => {
      // Another process was first; its folder is as whole as ours.
      if (!existsSync(libs)) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return libs
}

/** Runs a program to its end; a failure carries the last lines of what it said. */
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const hear = chunk => (said = (said + chunk).slice(-4_000))
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('error', reject)
    child.once('close', code => (code === 0 ? resolve() : reject(new Error(`${program} failed:\n${said.trim()}`))))
  })
}
