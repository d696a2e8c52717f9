import { parseSubject, streamName, type StreamName } from '@muster/contracts'
import { violationOf } from '@muster/domain'
import { groupBy, isNonEmpty } from '@muster/kernel'
import type { Origin } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import type { Moved, Tools, When } from './deciding.ts'
import type { Place } from './news.ts'
import { clearancesOf, placesInViolation, saveRunning } from './open-deployments/rows.ts'
import { ViolationMessage } from './violation.handler.ts'

/**
 * Measures what runs at places against the clearances as they stand now: at the given ones, where a clearance moved, and where the same model
 * is in violation, since what kind of violation that is depends on what is cleared elsewhere. What runs under a clearance of its own place
 * depends on no other.
 */
export async function measure(
  sql: Sql,
  { evidence, commands }: Tools,
  places: readonly Place[],
  moved: readonly Moved[],
  { asOf, at }: When,
  origin: Origin,
): Promise<void> {
  const models = [...new Set(moved.map(({ model }) => model))]
  const touched = [...places, ...moved, ...(models.length === 0 ? [] : await placesInViolation(sql, models))]
  if (touched.length === 0) return
  const streams = [...new Set(touched.map(({ environment, endpoint }) => streamName('endpoint', environment, endpoint)))]
  const endpoints = await evidence.endpointsOf(streams, asOf.position)
  const runningModels = [...new Set([...endpoints.values()].flatMap(({ running }) => running.map(({ model }) => model)))]
  const clearances = groupBy(await clearancesOf(sql, runningModels), ({ model }) => model)

  const assessments = [...endpoints].map(([stream, { running }]) => {
    const place = placeOf(stream)
    const found = running.flatMap(rollout => violationOf(rollout, place, clearances.get(rollout.model) ?? [], at) ?? [])
    return { ...place, origin, command: { type: 'assess-endpoint' as const, found, running } }
  })
  await saveRunning(
    sql,
    assessments.map(({ environment, endpoint, command: { found, running } }) => ({
      environment,
      endpoint,
      models: [...new Set(running.map(({ model }) => model))],
      inViolation: found.length > 0,
    })),
  )
  if (isNonEmpty(assessments)) await commands.send(new ViolationMessage('batch', { type: 'assess-endpoints', assessments }, origin))
}

function placeOf(stream: StreamName): Place {
  const place = parseSubject('endpoint', stream.slice('endpoint-'.length))
  if (!place.ok) throw new RangeError(place.message)
  const [environment, endpoint] = place.parts
  return { environment, endpoint }
}
