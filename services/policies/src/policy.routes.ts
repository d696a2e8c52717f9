import {
  PageQuery,
  pageOf,
  PolicyDifference,
  PolicyHistoryEntry,
  PolicyVersionView,
  PolicyView,
  type Page,
  type PolicyDocument,
} from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { Answers, EVENT_STORE, pageBelow, pageFrom, ProblemError, Reads, SQL } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { z } from 'zod'
import { historyOf, versionsOf } from './policy-history.ts'
import { PolicyId } from './policy-id.ts'
import { listPolicies, PolicySearch } from './policy-list/query.ts'
import { readHistory, readSignatures, standingOf } from './policy.query.ts'
import { differencesOf, viewOf, type Standing } from './policy.view.ts'

const VersionPath = PolicyId.extend({ version: z.coerce.number().int().min(1) })
const Content = z.union([z.coerce.number().int().min(1), z.literal('draft')]).describe('A version, or draft for the change that is open.')
const DifferenceQuery = z.object({
  from: Content.optional().describe('What it is compared with; the newest version before `to` when left out.'),
  to: Content.optional().describe('The draft when left out and there is one, else the newest version.'),
})

@Controller('v1/policies')
export class PolicyRoutes {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
  ) {}

  @Get()
  @Reads('policy-list')
  @Answers(200, pageOf('PolicyPage', PolicyView), 'Policies and approval rules, with what is tried and proposed; the newest policy first.')
  list(@Query({ schema: PolicySearch }) query: PolicySearch): Promise<Page<PolicyView>> {
    return listPolicies(this.sql, query)
  }

  @Get(':id')
  @Answers(200, PolicyView, 'The version that decides, the one that is tried beside it, and the change that is open.')
  async read(@Param({ schema: PolicyId }) { id }: PolicyId): Promise<PolicyView> {
    return viewOf(await this.standing(id))
  }

  @Get(':id/versions')
  @Answers(200, pageOf('PolicyVersionPage', PolicyVersionView), 'Every published version, the newest first.')
  async versions(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<PolicyVersionView>> {
    const versions = versionsOf(await this.history(id)).toReversed()
    return pageIn(versions, limit, cursor, ({ position }) => position)
  }

  @Get(':id/versions/:version')
  @Answers(200, PolicyVersionView, 'One published version. What it says never changes.')
  async version(@Param({ schema: VersionPath }) { id, version }: z.infer<typeof VersionPath>): Promise<PolicyVersionView> {
    const found = versionsOf(await this.history(id)).find(one => one.version === version)
    if (found === undefined) throw new ProblemError(404, 'not-found', `policy "${id}" has no version ${version}`)
    return found
  }

  @Get(':id/history')
  @Answers(200, pageOf('PolicyHistoryPage', PolicyHistoryEntry), 'Who changed what and when, with comments; the newest first.')
  async told(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<PolicyHistoryEntry>> {
    const history = await this.history(id)
    const told = historyOf(history, await readSignatures(this.store, history))
    return pageIn(told.toReversed(), limit, cursor, ({ position }) => position)
  }

  @Get(':id/differences')
  @Answers(200, PolicyDifference, 'What differs between two contents of the policy, in words.')
  async differences(
    @Param({ schema: PolicyId }) { id }: PolicyId,
    @Query({ schema: DifferenceQuery }) { from, to }: z.infer<typeof DifferenceQuery>,
  ): Promise<PolicyDifference> {
    const history = await this.history(id)
    const versions = versionsOf(history)
    const contents = new Map<string, PolicyDocument>(versions.map(({ version, document }) => [`${version}`, document]))
    const draft = standingOf(history)?.change?.document
    if (draft !== undefined) contents.set('draft', draft)
    const newest = versions.at(-1)?.version ?? 0
    const later = `${to ?? (draft === undefined ? newest : 'draft')}`
    const earlier = `${from ?? (later === 'draft' ? newest : Number(later) - 1)}`
    for (const name of [later, ...(from === undefined ? [] : [earlier])])
      if (!contents.has(name))
        throw new ProblemError(404, 'not-found', `policy "${id}" has no ${name === 'draft' ? name : `version ${name}`}`)
    const document = contents.get(later)
    if (document === undefined) throw new Error('looked up above')
    return { id, from: earlier, to: later, sentences: [...differencesOf(contents.get(earlier), document)] }
  }

  private async history(id: string) {
    const history = await readHistory(this.store, id)
    if (history.length === 0) throw new ProblemError(404, 'not-found', `there is no policy "${id}"`)
    return history
  }

  private async standing(id: string): Promise<Standing> {
    const standing = standingOf(await this.history(id))
    if (standing === undefined) throw new Error('a history has a standing')
    return standing
  }
}

/** A page of what is at hand, newest first, by position. */
function pageIn<Item>(items: readonly Item[], limit: number, cursor: string | undefined, positionOf: (item: Item) => number): Page<Item> {
  const below = pageBelow(cursor)
  return pageFrom(items.filter(item => positionOf(item) < below).slice(0, limit + 1), limit, positionOf, item => item)
}
