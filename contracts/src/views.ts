import { z } from 'zod'
import { Context } from './envelope.ts'
import { Instant, Json, Position } from './primitives.ts'

/** One page of a list, newest first unless said otherwise. `next` is the `cursor` of the page after this one. */
export const pageOf = <Item extends z.ZodType>(id: string, item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() }).meta({ id })

/** What every list takes. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
  after: z.coerce.number().int().min(0).optional().describe('Wait (at most 5 s) until the read model has seen this position.'),
})

/** An event of the log as it goes out: CloudEvents attributes beside its place in the log. */
export const LogEntry = z
  .strictObject({
    position: Position,
    id: z.uuid().describe('By which events name each other as causes.'),
    stream: z.string(),
    revision: z.int().min(0),
    recordedtime: Instant,
    context: z.strictObject({ specversion: z.literal('1.0'), ...Context.shape }),
    data: Json,
  })
  .meta({ id: 'LogEntry' })

/** Answer of `GET /v1/log/position`. */
export const LogPosition = z.strictObject({ position: Position }).meta({ id: 'LogPosition' })

export const ParkedKey = z
  .strictObject({
    subscription: z.string(),
    key: z.string(),
    events: z.int().describe('How many wait, the one that failed included.'),
    position: Position.describe('Of the event that failed.'),
    event: z.uuid(),
    type: z.string(),
    reason: z.string(),
    since: Instant,
    retryRequested: z.boolean(),
  })
  .meta({ id: 'ParkedKey' })

export type PageQuery = z.infer<typeof PageQuery>
export type LogEntry = z.infer<typeof LogEntry>
export type LogPosition = z.infer<typeof LogPosition>
export type ParkedKey = z.infer<typeof ParkedKey>
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string | undefined }
