import { inForce, sieveOf, type InForce } from '@muster/domain'
import type { Origin } from '@muster/nest-host'
import { isTransient, type Sql } from '@muster/projections'
import { isAffectedBy } from './checking.ts'
import { decide, nextLook, type Tools, type When } from './deciding.ts'
import { measure } from './measuring.ts'
import { endRecheck, glancesBehind, moveRecheck, oldestRecheck, rowsBehind, type Cause, type Recheck } from './open-deployments/rechecks.ts'
import { postpone, rowsOf, saveRows, type OpenRow } from './open-deployments/rows.ts'

/* Deployments that are checked again though there is no news of them: those that are due, and page by page those that a change concerns. */

/** How many a page takes at a glance: as many as a few milliseconds have time for. */
const atAGlance = 500

/** Goes on with the oldest recheck by one page. How many were checked; nothing when there is no recheck. */
export async function recheckPage(sql: Sql, tools: Tools, page: number, when: When): Promise<number | undefined> {
  const recheck = await oldestRecheck(sql)
  if (recheck === undefined) return undefined
  const { policies } = recheck
  const change: Change | undefined =
    policies === null
      ? undefined
      : { documents: new Set(policies), catalogue: inForce(await tools.catalogue.at(when.asOf.position), when.at) }
  const { rows, reached } = await lookAhead(sql, tools, recheck, change, page, when)
  if (reached === undefined) {
    await endRecheck(sql, recheck.number)
    return 0
  }
  await tools.evidence.prefetch(
    rows.flatMap(({ streams }) => streams),
    when.asOf.position,
  )
  const affected = change === undefined ? rows : await affectedBy(tools, change, rows, when)
  if (affected.length > 0) await checkAgain(sql, tools, affected, when, recheck)
  await moveRecheck(sql, recheck.number, reached)
  return affected.length
}

/** Of the catalogue: what changed, and what is in force now. */
interface Change {
  readonly documents: ReadonlySet<string>
  readonly catalogue: InForce
}

interface Ahead {
  readonly rows: readonly OpenRow[]
  /** The id up to which nobody else is left; nothing when nobody is left at all. */
  readonly reached: string | undefined
}

/** The next rows that may be affected, no more than a page: at a glance, among many, where the change can be told so. */
async function lookAhead(
  sql: Sql,
  { evidence }: Tools,
  recheck: Recheck,
  change: Change | undefined,
  page: number,
  { asOf }: When,
): Promise<Ahead> {
  const sieve = change === undefined ? undefined : sieveOf(change.documents, change.catalogue)
  if (sieve === undefined) {
    const rows = await rowsBehind(sql, recheck, page)
    return { rows, reached: rows.at(-1)?.id }
  }
  const glances = await glancesBehind(sql, recheck, atAGlance)
  const models = await evidence.modelsOf(
    glances.map(({ model }) => model),
    asOf.position,
  )
  const left = glances.filter(glance => {
    const model = models.get(glance.model)
    return model === undefined || sieve(glance, model)
  })
  const ids = left.slice(0, page).map(({ id }) => id)
  const rows = ids.length === 0 ? [] : await rowsOf(sql, ids)
  return { rows, reached: left.length > page ? ids.at(-1) : glances.at(-1)?.id }
}

async function affectedBy(
  { evidence, personOf }: Tools,
  { documents, catalogue }: Change,
  rows: readonly OpenRow[],
  { asOf, at }: When,
): Promise<readonly OpenRow[]> {
  const step = { at, catalogue, personOf }
  const certain = (row: OpenRow): boolean => row.applied === null || row.applied.some(id => documents.has(id))
  const found = await evidence.evidenceOf(
    rows.filter(row => !certain(row)).map(({ id }) => id),
    asOf.position,
  )
  return rows.filter(row => {
    const around = found.get(row.id)
    return around === undefined || isAffectedBy(documents, row, around, step)
  })
}

/** A deployment whose check fails by its own fault holds up no other: it is told of, and looked at again in a while. */
export async function checkAgain(sql: Sql, tools: Tools, rows: readonly OpenRow[], when: When, cause: Cause): Promise<void> {
  try {
    await sql.transaction(savepoint => checkTogether(savepoint, tools, rows, when, cause))
  } catch (error) {
    if (isTransient(error)) throw error
    const [row] = rows
    if (row === undefined) return
    if (rows.length > 1) for (const one of rows) await checkAgain(sql, tools, [one], when, cause)
    else {
      tools.logger.error({ err: error, deployment: row.id }, 'a deployment that is due cannot be checked')
      await postpone(sql, [row.id], nextLook(when.at))
    }
  }
}

async function checkTogether(sql: Sql, tools: Tools, rows: readonly OpenRow[], when: When, { event, correlation }: Cause): Promise<void> {
  const { at } = when
  const origin: Origin = { cause: event, causedBy: 'event', correlation, actor: { kind: 'service', id: 'deployments' }, occasion: at }
  const open = rows.filter(({ status }) => status !== 'revoked')
  const moved = await decide(
    sql,
    tools,
    open.map(row => ({ id: row.id, row, origin, answers: [] })),
    when,
  )
  const revoked = rows.filter(({ status }) => status === 'revoked')
  // A table that was built again may have seen a clearance that nobody measured yet.
  const unmeasured = open.filter(({ status, applied }) => status === 'cleared' && applied === null)
  await measure(sql, tools, revoked, [...moved, ...unmeasured], when, origin)
  await saveRows(
    sql,
    revoked.map(row => ({
      ...row,
      dueAt: row.remediateBy !== null && Date.parse(row.remediateBy) > Date.parse(at) ? row.remediateBy : null,
    })),
  )
}
