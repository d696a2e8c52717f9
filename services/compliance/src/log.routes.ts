import { categories, Instant, LogEntry, LogPosition, pageOf, Position, type Page } from '@muster/contracts'
import type { EventStore, RecordedEvent } from '@muster/event-store'
import { Answers, EVENT_STORE } from '@muster/nest-host'
import { Controller, Get, Inject, Query } from '@nestjs/common'
import { z } from 'zod'
import { logEntry } from './log-entry.ts'
import { listed, wantedOf } from './log-filter.ts'
import { positionBefore } from './log-time.ts'

/** What is wrong with a value that `wantedOf` refuses is said at the field that it came in. */
const wanting = (of: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      of(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    }
  })

const isPosition = (text: string): boolean => /^\d{1,15}$/.test(text)

const LogQuery = z.object({
  from: z.coerce.number().pipe(Position).optional().describe('Only what was recorded behind this position.'),
  since: Instant.optional().describe('Only what was recorded at this instant or later; where `from` is given, that decides.'),
  until: z
    .string()
    .refine(text => isPosition(text) || Instant.safeParse(text).success, 'a position, or an instant such as 2026-11-01T00:00:00Z')
    .optional()
    .describe('Only up to this position, itself included, or what was recorded before this instant.'),
  category: wanting(text => wantedOf({ categories: listed(text) }))
    .optional()
    .describe(`One or more of ${categories.join(', ')}, with commas between.`),
  type: wanting(text => wantedOf({ types: listed(text) }))
    .optional()
    .describe('Types such as `deployment.cleared` or `deployment.*`, with commas between; of any version where none is named.'),
  model: z.string().optional().describe('Only what concerns this model: the partition key.'),
  actor: z.string().optional().describe('Only what this person or service did.'),
  stream: wanting(text => wantedOf({ stream: text })).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})
type LogQuery = z.infer<typeof LogQuery>

const PositionQuery = z.object({
  at: Instant.optional().describe('The newest event before this instant is asked for; that of the whole log when left out.'),
})

/** How much of the log one request looks through for what it seeks. */
const mostScanned = 20_000
const page = 250
/** An answer ends behind the event that brings it here, for events may be long and an answer is held in memory. */
const mostBytes = 8 * 1024 * 1024
/** What an entry has beside its data, about. */
const envelope = 1_024

@Controller('v1/log')
export class LogRoutes {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  @Get()
  @Answers(
    200,
    pageOf('LogPage', LogEntry),
    'Events in the order of the log, oldest first, up to the limit or 8 MiB. Without `next`, it is the end for now.',
  )
  async read(@Query({ schema: LogQuery }) query: LogQuery): Promise<Page<LogEntry>> {
    const { category, type, limit, ...rest } = query
    const { filter, sought } = wantedOf({ categories: listed(category), types: listed(type), ...rest })
    const isOver = endOf(query.until)
    const found: RecordedEvent[] = []
    let position = await this.begin(query)
    let bytes = 0
    for (let scanned = 0; scanned < mostScanned; scanned += page) {
      const events = await this.store.readLog(position === 0 ? 'start' : this.store.cursorAt(position), filter, page)
      for (const event of events) {
        if (isOver(event)) return { items: found.map(logEntry) }
        position = event.position
        if (!sought(event)) continue
        found.push(event)
        bytes += Buffer.byteLength(event.data) + envelope
        if (found.length === limit || bytes >= mostBytes) return { items: found.map(logEntry), next: String(position) }
      }
      if (events.length < page) return { items: found.map(logEntry) }
    }
    return { items: found.map(logEntry), next: String(position) }
  }

  @Get('position')
  @Answers(200, LogPosition, 'Where the log stood: behind it begins what was recorded since.')
  async position(@Query({ schema: PositionQuery }) { at }: z.infer<typeof PositionQuery>): Promise<LogPosition> {
    return { position: at === undefined ? await this.store.head() : await positionBefore(this.store, at) }
  }

  private async begin({ from, since }: LogQuery): Promise<number> {
    if (from !== undefined) return from
    return since === undefined ? 0 : await positionBefore(this.store, since)
  }
}

function endOf(until: string | undefined): (event: RecordedEvent) => boolean {
  if (until === undefined) return () => false
  if (isPosition(until)) return ({ position }) => position > Number(until)
  const time = Date.parse(until)
  return ({ recordedtime }) => Date.parse(recordedtime) >= time
}
