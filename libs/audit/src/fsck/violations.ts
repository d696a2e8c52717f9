import { subjectOf, type AnyEvent, type Recorded, type ViolationEvent } from '@muster/contracts'
import { isSameRollout, type Rollout } from '@muster/domain'
import { findingAt, nothing, type Finding, type Watch } from './finding.ts'
import { nameIndex } from './name-index.ts'
import { idOf } from './re-performance.ts'
import type { SeenIds } from './seen-ids.ts'

/**
 * Violations of every place: found once until they end, ended only when they were found. What is said to run was seen running there, by the very
 * roll-out that is named, and had no clearance that stood all the while since; what is said to have ended or to be cleared now was so before.
 *
 * Which state of the log an assessment went by is not recorded, only that it is no older than the roll-out: so only what is wrong by every
 * such state is said.
 */
export function watchViolations(ids: SeenIds): Watch {
  const open = new Map<string, Open[]>()
  const evidence = placesOfLog()
  function* judged(recorded: Recorded<ViolationEvent>): Generator<Finding> {
    const { event, stream } = recorded
    const here = open.get(stream) ?? []
    const others = here.filter(one => one.kind !== event.kind || !isSameRollout(one.running, event.running))
    const { model, version } = event.running
    const what = `${event.kind} of ${model} ${version}`
    const where = keyOf(stream.slice('violation-'.length), event.running)
    if (event.type === 'violation.found') {
      if (others.length < here.length) yield findingAt('violations', recorded, `${what} is found, and is open already`)
      if (!ids.has(event.observed))
        yield findingAt('violations', recorded, `${what} was seen by ${event.observed}, which is not in the log before it`)
      else {
        const seen = evidence.rollout(event.observed)
        if (seen?.where !== where)
          yield findingAt('violations', recorded, `${what} was seen by ${event.observed}, which is no roll-out of it at this place`)
        else if (evidence.clearedThrough(where, seen.position))
          yield findingAt('violations', recorded, `${what} is found, and was cleared before it was seen and ever since`)
      }
      open.set(stream, [...others, event])
      return
    }
    if (others.length === here.length) yield findingAt('violations', recorded, `${what} ends, and was not open`)
    if (event.because === 'rollout-ended' && !evidence.hasEnded(where))
      yield findingAt('violations', recorded, `${what} ends with its roll-out, which did not end before`)
    if (event.because === 'cleared' && !evidence.wasCleared(where))
      yield findingAt('violations', recorded, `${what} ends as cleared, and nothing cleared it before`)
    open.set(stream, others)
  }

  return {
    see(recorded) {
      evidence.see(recorded)
      return isOfViolation(recorded) ? judged(recorded) : nothing
    },
    *end() {},
  }
}

type Running = Pick<Rollout, 'model' | 'version' | 'artifact'>
interface Open {
  readonly kind: string
  readonly running: Running
}

/**
 * What ran where, and what was cleared for there, by place and artifact. Clearances are numbered and stand in plain arrays, since a log has one
 * for every few events.
 */
function placesOfLog() {
  const rollouts = new Map<string, { readonly where: string; readonly position: number }>()
  const ended = new Set<string>()
  const [cleared, deployments] = [nameIndex(), nameIndex()]
  /** By the number of the clearance: the position since which it stands, none when it has ended, and the clearance of the same before it. */
  const [since, before]: [number[], (number | undefined)[]] = [[], []]
  /** The newest clearance, by the number of what is cleared and by that of the deployment. */
  const [newestOf, clearanceOf]: [number[], number[]] = [[], []]

  function end(deployment: string): void {
    const clearance = clearanceOf[deployments.find(deployment) ?? none]
    if (clearance !== undefined) since[clearance] = Infinity
  }
  function clear(deployment: string, where: string, position: number): void {
    const what = cleared.add(where)
    before.push(newestOf[what])
    newestOf[what] = clearanceOf[deployments.add(deployment)] = since.push(position) - 1
  }
  function clearedThrough(where: string, position: number): boolean {
    for (let one = newestOf[cleared.find(where) ?? none]; one !== undefined; one = before[one])
      if ((since[one] ?? Infinity) < position) return true
    return false
  }

  return {
    rollout: (id: string) => rollouts.get(id),
    hasEnded: (where: string): boolean => ended.has(where),
    wasCleared: (where: string): boolean => cleared.find(where) !== undefined,
    clearedThrough,

    see({ event, context, id, stream, position }: Recorded<AnyEvent>): void {
      switch (event.type) {
        case 'rollout.observed':
        case 'rollout.ended': {
          const { model, version, artifact } = event
          const where = keyOf(stream.slice('endpoint-'.length), { model, version, artifact: artifact.digest })
          if (event.type === 'rollout.ended') ended.add(where)
          else rollouts.set(id, { where, position })
          break
        }
        case 'deployment.cleared': {
          const deployment = idOf(context.subject)
          end(deployment)
          const { environment, endpoint, model, version, artifact } = event.target
          // Without an artifact it covers nothing that runs.
          if (artifact === undefined) break
          const where = keyOf(subjectOf('endpoint', environment, endpoint), { model, version, artifact })
          clear(deployment, where, position)
          break
        }
        case 'deployment.revoked':
        case 'deployment.lapsed':
          end(idOf(context.subject))
          break
        default:
      }
    },
  }
}

/** The number of nothing. */
const none = -1

const keyOf = (place: string, { model, version, artifact }: Running): string => JSON.stringify([place, model, version, artifact])

const isOfViolation = (recorded: Recorded<AnyEvent>): recorded is Recorded<ViolationEvent> => recorded.stream.startsWith('violation-')
