import { pageOf, streamName, subjectOf, type LedgerEvent, type Page } from '@muster/contracts'
import { ledgerKeys, type KeyRange } from '@muster/domain'
import { decode, type EventStore, type RecordedEvent } from '@muster/event-store'
import { fold, type Sha256 } from '@muster/kernel'
import {
  eventLine,
  hashLength,
  inclusionProof,
  inclusionSpans,
  readBundlePath,
  readTilePath,
  tileWidth,
  treeHasher,
  writeEntries,
  writeProofFile,
  type TilePlace,
} from '@muster/ledger'
import { Answers, EVENT_STORE, ProblemError, RAW_STORE, SHA256, SQL, type Reply } from '@muster/nest-host'
import type { Database } from '@muster/projections'
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common'
import { z } from 'zod'
import { LedgerKeeper } from './ledger.keeper.ts'
import { lastPublished } from './publishing.ts'
import { nodesFor, readHead, readTiles } from './tile-rows.ts'

const Size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const SignedCheckpoint = z.strictObject({ size: z.int(), note: z.string().describe('c2sp.org/tlog-checkpoint, with its signatures.') })
const LedgerKey = z.strictObject({ key: z.string(), from: z.int(), through: z.int().optional() })
const CheckpointQuery = z.object({
  after: Size.default(0).describe('Only larger trees.'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})
type CheckpointQuery = z.infer<typeof CheckpointQuery>
const EventsQuery = z.object({
  from: Size.describe('The first leaf.'),
  to: Size.describe('Behind the last leaf; at most 1,000 are looked at.'),
  model: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Of these leaves only those whose events concern the model: each line names its leaf.'),
})
type EventsQuery = z.infer<typeof EventsQuery>
const ByLeaf = z.object({ stream: z.string().min(1), revision: Size })
type ByLeaf = z.infer<typeof ByLeaf>

const mostEvents = 1_000
const text = 'text/plain; charset=utf-8'

function modelSubject(model: string): string {
  try {
    return subjectOf('model', model)
  } catch (error) {
    if (error instanceof RangeError) throw new ProblemError(400, 'invalid', `model: ${error.message}`)
    throw error
  }
}

/** The ledger as c2sp.org/tlog-tiles has it, the events behind its leaves, and proofs. Nothing here needs to be believed: it is there to be checked. */
@Controller('v1/ledger')
export class LedgerRoutes {
  private readonly hasher

  constructor(
    @Inject(SQL) private readonly sql: Database,
    @Inject(RAW_STORE) private readonly raw: EventStore,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SHA256) sha256: Sha256,
    @Inject(LedgerKeeper) private readonly keeper: LedgerKeeper,
  ) {
    this.hasher = treeHasher(sha256)
  }

  @Get('checkpoint')
  @Answers(200, undefined, 'The newest signed checkpoint: a signed note, text/plain.')
  async checkpoint(@Res({ passthrough: true }) reply: Reply): Promise<string> {
    void reply.type(text)
    return (await this.newest()).note
  }

  @Get('checkpoints')
  @Answers(200, pageOf('LedgerCheckpoints', SignedCheckpoint), 'All that were ever signed, the smallest tree first.')
  async checkpoints(
    @Query({ schema: CheckpointQuery }) { after, limit }: CheckpointQuery,
  ): Promise<Page<z.infer<typeof SignedCheckpoint>>> {
    return {
      items: await this.sql.query<z.infer<typeof SignedCheckpoint>>(
        'select size, note from ledger.checkpoints where size > $1 order by size limit $2',
        [after, limit],
      ),
    }
  }

  @Get('keys')
  @Answers(
    200,
    pageOf('LedgerKeys', LedgerKey),
    'The keys that speak for the ledger, each for trees of some sizes, in the order in which they were added.',
  )
  async keys(): Promise<Page<KeyRange>> {
    const events = await this.store.read([streamName('ledger', this.keeper.keys.origin)])
    return {
      items: [
        ...fold(
          ledgerKeys,
          events.map(event => decode(event).event as LedgerEvent),
        ),
      ],
    }
  }

  @Get('events')
  @Answers(200, undefined, 'The events behind leaves, in their order and as they are stored, a line each: application/x-ndjson.')
  async events(
    @Query({ schema: EventsQuery }) { from, to, model }: EventsQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    void reply.type('application/x-ndjson')
    const size = (await readHead(this.sql))?.size ?? 0
    const count = Math.min(size, to, from + mostEvents) - from
    if (count <= 0) return ''
    const [before] =
      from === 0 ? [] : await this.sql.query<{ position: number }>('select position from ledger.leaves where index = $1', [from - 1])
    const events = await this.raw.readLog(before === undefined ? 'start' : this.raw.cursorAt(before.position), {}, count)
    const about = model === undefined ? undefined : modelSubject(model)
    const concerns = ({ context }: RecordedEvent): boolean => about === undefined || context.partitionkey === about
    return events.map((event, place) => (concerns(event) ? `${eventLine(event, from + place)}\n` : '')).join('')
  }

  @Get('tile/*')
  @Answers(200, undefined, 'A tile of hashes, or of entries (the leaves), by its path of c2sp.org/tlog-tiles: application/octet-stream.')
  async tile(@Param('*') rest: string, @Res({ passthrough: true }) reply: Reply): Promise<Buffer> {
    const path = `tile/${rest}`
    const entries = path.startsWith('tile/entries/')
    const place = entries ? readBundlePath(path) : readTilePath(path)
    if (!place.ok) throw new ProblemError(404, 'not-found', place.message)
    const bytes = entries ? await this.entriesAt(place.value) : await this.hashesAt(place.value as TilePlace)
    if (bytes === undefined) throw new ProblemError(404, 'not-found', `the ledger has no ${path} yet`)
    void reply.type('application/octet-stream')
    // A tile never changes once it is there in that width.
    void reply.header('cache-control', 'private, max-age=31536000, immutable')
    return bytes
  }

  @Get('proofs')
  @Answers(200, undefined, 'That an event is in the ledger: c2sp.org/tlog-proof with the newest checkpoint, text/plain.')
  async proof(@Query({ schema: ByLeaf }) { stream, revision }: ByLeaf, @Res({ passthrough: true }) reply: Reply): Promise<string> {
    const [leaf] = await this.sql.query<{ index: number }>('select index from ledger.leaves where stream = $1 and revision = $2', [
      stream,
      revision,
    ])
    if (leaf === undefined)
      throw new ProblemError(
        404,
        'not-found',
        `the ledger has no leaf for ${stream}/${revision}: there is no such event, or it is not sealed yet`,
      )
    const { size, note } = await this.newest()
    if (leaf.index >= size)
      throw new ProblemError(404, 'not-found', `${stream}/${revision} is sealed and not signed yet: ask again in a few seconds`)
    const nodes = await nodesFor(this.sql, this.hasher, inclusionSpans(leaf.index, size), size)
    const proof = inclusionProof(this.hasher, nodes, leaf.index, size)
    if (!proof.ok) throw new Error(proof.message)
    void reply.type(text)
    return writeProofFile({ index: leaf.index, proof: proof.value, checkpoint: note })
  }

  private async newest() {
    const last = await lastPublished(this.sql)
    if (last === undefined)
      throw new ProblemError(404, 'not-found', 'nothing was signed yet: the first checkpoint comes seconds after the first event')
    return last
  }

  private async hashesAt({ level, index, width }: TilePlace): Promise<Buffer | undefined> {
    const [tile] = await readTiles(this.sql, [{ level, index }])
    return tile === undefined || tile.width < width ? undefined : Buffer.from(tile.hashes.subarray(0, width * hashLength))
  }

  private async entriesAt({ index, width }: Omit<TilePlace, 'level'>): Promise<Buffer | undefined> {
    const leaves = await this.sql.query<{ leaf: string }>(
      'select leaf from ledger.leaves where index >= $1 and index < $2 order by index',
      [index * tileWidth, index * tileWidth + width],
    )
    return leaves.length < width ? undefined : Buffer.from(writeEntries(leaves.map(({ leaf }) => Buffer.from(leaf))))
  }
}
