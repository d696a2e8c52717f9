import { deferred } from './deferred.ts'

/** Whether each part of the process does its work now. What `/health/ready` tells. */
export interface Health {
  /** `check` MUST settle within seconds; it throws or answers a sentence when the part does not work, and undefined when it does. */
  add(part: string, check: () => Promise<string | undefined> | string | undefined): void
  report(): Promise<HealthReport>
}

export interface HealthReport {
  readonly status: 'ready' | 'not-ready'
  readonly parts: Readonly<Record<string, 'ok' | (string & {})>>
}

const longest = 3_000

export function makeHealth(): Health {
  const checks = new Map<string, () => Promise<string | undefined> | string | undefined>()
  return {
    add: (part, check) => void checks.set(part, check),
    async report() {
      const parts = await Promise.all([...checks].map(async ([part, check]) => [part, (await within(check)) ?? 'ok'] as const))
      return { status: parts.every(([, state]) => state === 'ok') ? 'ready' : 'not-ready', parts: Object.fromEntries(parts) }
    },
  }
}

async function within(check: () => Promise<string | undefined> | string | undefined): Promise<string | undefined> {
  const late = deferred<string>()
  const timer = setTimeout(() => late.resolve(`no answer within ${longest / 1000} s`), longest)
  try {
    return await Promise.race([check(), late.promise])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
