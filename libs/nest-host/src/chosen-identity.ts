import type { Logger } from 'pino'
import { demoBanner, demoIdentity, demoTokensFile, keepDemoTokens, refuseDemoBeyondLoopback, saveDemoTokens } from './demo-identity.ts'
import { IdentitySettings } from './identity.ts'
import type { Settings } from './settings.ts'

export interface ChosenIdentity {
  readonly settings: IdentitySettings
  /** Whether the demo's people were made up, and whoever reads their tokens can be them. */
  readonly demo: boolean
  /** Tells whoever looks after the demo tokens where they are good. */
  ready(url: string): void
}

/** The one that is configured; the demo's beside the embedded database; else nobody's. @throws StartError for a demo that others could reach. */
export function chooseIdentity({ identity, database, data, http, log }: Settings, logger: Logger): ChosenIdentity {
  const nothing = (): void => undefined
  if (identity !== undefined) return { settings: identity, demo: false, ready: nothing }
  if (database.url !== undefined) {
    logger.warn('nobody is known: name people and tokens in MUSTER_IDENTITY_FILE; until then only health, metrics and /openapi.json answer')
    return { settings: IdentitySettings.parse({}), demo: false, ready: nothing }
  }
  refuseDemoBeyondLoopback(http.host)
  const tokens = keepDemoTokens(data.dir)
  return {
    settings: demoIdentity(tokens),
    demo: true,
    ready(url) {
      saveDemoTokens(data.dir, { ...tokens, url })
      if (log.format === 'text' || (log.format === undefined && process.stdout.isTTY)) process.stdout.write(`\n${demoBanner(data.dir)}\n\n`)
      else
        logger.warn(
          `demo tokens are in force, see ${demoTokensFile(data.dir)}: name your own people in MUSTER_IDENTITY_FILE before others use this server`,
        )
    },
  }
}
