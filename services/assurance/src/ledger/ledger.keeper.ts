import { ledgerKeys } from '@muster/domain'
import { streamName } from '@muster/contracts'
import { execute, type EventStore } from '@muster/event-store'
import type { Clock, Sha256 } from '@muster/kernel'
import { readKey, treeHasher, writeKey } from '@muster/ledger'
import { verifyEd25519 } from '@muster/ledger-crypto'
import {
  CLOCK,
  EVENT_STORE,
  LOGGER,
  LOG_TAIL,
  METRICS,
  RAW_STORE,
  SETTINGS,
  SHA256,
  SQL,
  START_WORK,
  StartError,
  TICKS,
  type LogTail,
  type Settings,
  type StartWork,
  type Ticks,
} from '@muster/nest-host'
import { migrate, type Database } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { readLedgerKeys, type LedgerKeys } from './key-file.ts'
import { lastPublished, publishing } from './publishing.ts'
import { sealing } from './sealing.ts'
import { migrations } from './tables.ts'
import { readHead } from './tile-rows.ts'
import { witnesses, type Asked, type WitnessAddress } from './witnesses.ts'

const everyMs = 250
/** While nothing new is heard of, it looks at the database at one tick of so many: what is heard is only a hint. */
const idleTicks = 20

/**
 * Seals the log, signs how the ledger stands and shows it to the witnesses: on one replica at a time, again and again. When something is not as it
 * must be it stops, and readiness says what.
 */
@Injectable()
export class LedgerKeeper {
  readonly keys: LedgerKeys

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(RAW_STORE) private readonly raw: EventStore,
    @Inject(SQL) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) settings: Settings,
    @Inject(METRICS) registry: Registry,
    @Inject(START_WORK) startWork: StartWork,
    @Inject(TICKS) ticks: Ticks,
    @Inject(LOG_TAIL) tail: LogTail,
  ) {
    this.keys = readLedgerKeys(sha256, settings, logger)
    const addresses = settings.ledger.witnesses.map(({ url, key }): WitnessAddress => {
      const read = readKey(sha256, key)
      if (!read.ok || read.value.kind !== 'witness')
        throw new StartError(`MUSTER_LEDGER_WITNESSES: ${read.ok ? `${key} is no key of a witness` : read.message}`)
      return { url, key: read.value }
    })
    const hasher = treeHasher(sha256)
    const sequencer = sealing(raw, database, { hasher, sha256, clock })
    const publisher = publishing(database, this.keys, { hasher, verify: verifyEd25519, clock })
    const shown = witnesses(database, this.keys, addresses, { hasher, verify: verifyEd25519, logger })
    const said = new Map<string, Asked>()
    this.measure(registry, addresses, said)

    startWork.add('ledger', () => migrate(database, 'ledger', migrations))
    let announced = false
    let seen = 0
    /** What was heard of, counted; and up to which count, and at how many ticks since, everything was sealed and signed. */
    let [heard, settled, idle] = [0, -1, 0]
    tail.listen(() => void (heard += 1))
    ticks.every('ledger', everyMs, async signal => {
      if (heard === settled && ++idle < idleTicks) return
      // Anything that is thrown leaves it as it is: the next tick looks again.
      const before = heard
      settled = -1
      idle = 0
      if (!announced) await this.announceKeys()
      announced = true
      while (!signal.aborted) {
        const sealed = await sequencer.sealBatch()
        const published = await publisher.publish()
        if (published !== undefined && published.size > seen) {
          for (const [name, answer] of await shown.show(published)) said.set(name, answer)
          seen = published.size
        }
        if (sealed > 0) continue
        const head = await readHead(this.database)
        if (head?.size === published?.size) settled = before
        return
      }
    })
  }

  /** What the file has is what signs from now on. */
  private async announceKeys(): Promise<void> {
    const { origin, signers } = this.keys
    const size = (await lastPublished(this.database))?.size ?? 0
    const outcome = await execute(
      this.store,
      ledgerKeys,
      streamName('ledger', origin),
      { type: 'announce-keys', keys: signers.map(({ key }) => writeKey(key)), size },
      {
        cause: randomUUID(),
        correlation: randomUUID(),
        actor: { kind: 'service', id: 'assurance' },
        source: '/muster/assurance',
        partitionkey: `ledger/${origin}`,
        at: this.clock(),
      },
    )
    if (outcome.kind === 'rejected') throw new Error(`${outcome.rejection.message}: take it out of the key file`)
    if (outcome.kind === 'recorded') this.logger.info({ origin }, 'the keys of the ledger changed, and that is recorded')
  }

  private measure(registry: Registry, addresses: readonly WitnessAddress[], said: ReadonlyMap<string, Asked>): void {
    const { raw, database, clock } = this
    const ageOf = (instant: string): number => Math.max(0, (Date.parse(clock()) - Date.parse(instant)) / 1_000)
    const gauge = (name: string, help: string, value: () => Promise<number>): void => {
      const made: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        async collect(): Promise<void> {
          made.set(await value())
        },
      })
    }
    gauge(
      'muster_ledger_sealed_events',
      'Events of the log that are leaves of the ledger.',
      async () => (await readHead(database))?.size ?? 0,
    )
    gauge('muster_ledger_signed_events', 'Leaves of the newest signed checkpoint.', async () => (await lastPublished(database))?.size ?? 0)
    gauge('muster_ledger_oldest_unsealed_seconds', 'Age of the oldest event that is no leaf yet; 0 when there is none.', async () => {
      const behind = (await readHead(database))?.position ?? 0
      const [oldest] = await raw.readLog(behind === 0 ? 'start' : raw.cursorAt(behind), {}, 1)
      return oldest === undefined ? 0 : ageOf(oldest.recordedtime)
    })
    gauge(
      'muster_ledger_checkpoint_age_seconds',
      'Since the newest checkpoint was signed; it stays as long as nothing is recorded.',
      async () => {
        const last = await lastPublished(database)
        return last === undefined ? 0 : ageOf(last.signedAt)
      },
    )
    const cosigned = new Gauge({
      name: 'muster_ledger_witness_cosigned',
      help: 'Whether the witness cosigned what it was shown last.',
      labelNames: ['witness'],
      registers: [registry],
      collect() {
        for (const { key } of addresses) cosigned.set({ witness: key.name }, said.get(key.name) === 'cosigned' ? 1 : 0)
      },
    })
  }
}
