import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/* The two programs of the machine that Kafka needs: Java runs it, Maven fetches it (once). */

const OS_SUFFIX = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']

/** The path of `java`, from JAVA_HOME or PATH, or undefined. */
export function findJava() {
  const home = process.env.JAVA_HOME
  return (home ? inFolder(join(home, 'bin'), 'java') : undefined) ?? onPath('java')
}

/** The path of `mvn`, from PATH, or undefined. */
export function findMaven() {
  return onPath('mvn')
}

function onPath(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = folder === '' ? undefined : inFolder(folder, program)
    if (found !== undefined) return found
  }
  return undefined
}

function inFolder(folder, program) {
  return OS_SUFFIX.map(suffix => join(folder, program + suffix)).find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
