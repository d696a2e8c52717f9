import { categories, LogEntry, pageOf, parseStream, Position, type Category, type Page } from '@muster/contracts'
import type { EventStore, RecordedEvent } from '@muster/event-store'
import { Answers, EVENT_STORE } from '@muster/nest-host'
import { Controller, Get, Inject, Query } from '@nestjs/common'
import { z } from 'zod'
import { logEntry } from './log-entry.ts'

const isStream = (text: string): boolean => categories.some(category => text.startsWith(`${category}-`))

const LogQuery = z.object({
  from: z.coerce.number().pipe(Position).default(0).describe('Only what was recorded behind this position.'),
  category: z.enum(categories as [Category, ...Category[]]).optional(),
  model: z.string().optional().describe('Only what concerns this model: the partition key.'),
  stream: z.string().refine(isStream, 'a stream is <category>-<subject>, such as version-fraud@7').optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
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
  async read(@Query({ schema: LogQuery }) { from, category, model, stream, limit }: z.infer<typeof LogQuery>): Promise<Page<LogEntry>> {
    const sought = (event: RecordedEvent) =>
      (model === undefined || event.context.partitionkey === model) && (stream === undefined || event.stream === stream)
    const filter = {
      categories: stream === undefined ? (category === undefined ? [...categories] : [category]) : [parseStream(stream).category],
    }
    const found: RecordedEvent[] = []
    let position = from
    let bytes = 0
    for (let scanned = 0; scanned < mostScanned; scanned += page) {
      const events = await this.store.readLog(position === 0 ? 'start' : this.store.cursorAt(position), filter, page)
      for (const event of events) {
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
}
