import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageBus } from '@muster/bus'
import type { Clock } from '@muster/kernel'
import type { Type } from '@nestjs/common'
import { loadConfiguration, type Environment } from './configuration.ts'
import { demoIdentity, makeDemoTokens } from './demo-identity.ts'
import { startHost, type Host } from './host.ts'
import type { IdentitySettings } from './identity.ts'
import { openKafka } from './kafka.ts'
import { makeLogger } from './log.ts'
import { readPersonalKeys } from './personal-key.ts'
import { systemClock } from './run.ts'

export interface HostOverrides {
  readonly databaseUrl: string
  readonly clock?: Clock
  /** Such as a memory bus; brokers are given as a setting. None of both: no bus. */
  readonly bus?: MessageBus
  /** Settings by the names of the environment; the process's own environment is not read. */
  readonly settings?: Environment
  /** The demo's people with fresh tokens when left out. */
  readonly identity?: IdentitySettings
  /** Whether policies of a folder are published without a review, as under demo tokens; they are when left out. */
  readonly demo?: boolean
}

export interface CreatedHost extends Host {
  /** The demo's tokens by name (`tom`, `rita`, `ana`, `omar`, `ci`); empty with an identity of one's own. */
  readonly tokens: Readonly<Record<string, string>>
}

/** A master key that is no secret: hosts of one test may share a database. */
const everyTests = new Uint8Array(32)

/** For tests: one for each database, whoever runs on it. The key of its ledger, and what was signed with it, are those of no other. */
export const dataFolderFor = (databaseUrl: string): string => join(tmpdir(), `muster-data-${new URL(databaseUrl).pathname.slice(1)}`)

/** For tests: modules in this process, on a free port of 127.0.0.1, with whatever a test wants to hold in its own hand. */
export async function createHost(modules: readonly Type[], overrides: HostOverrides): Promise<CreatedHost> {
  const environment = {
    MUSTER_HTTP_PORT: '0',
    MUSTER_LOG_LEVEL: 'warn',
    MUSTER_DATABASE_CONNECTIONS: '6',
    MUSTER_DATA_DIR: dataFolderFor(overrides.databaseUrl),
    ...overrides.settings,
  }
  const { settings } = loadConfiguration({ ...environment, MUSTER_DATABASE_URL: overrides.databaseUrl })
  const logger = makeLogger(settings.log)
  const demo = overrides.identity === undefined ? makeDemoTokens() : { url: '', tokens: [] }
  const host = await startHost(modules, {
    settings,
    identity: overrides.identity ?? demoIdentity(demo),
    demo: overrides.demo ?? true,
    databaseUrl: overrides.databaseUrl,
    masterKeys: settings.personal.keyFile === undefined ? [everyTests] : readPersonalKeys(settings, logger),
    bus: overrides.bus ?? openKafka(settings, logger),
    clock: overrides.clock ?? systemClock,
    logger,
  })
  return { ...host, tokens: Object.fromEntries(demo.tokens.map(({ name, token }) => [name, token])) }
}
