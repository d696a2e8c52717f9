import {
  isTrial,
  modeOf,
  type PolicyChangeView,
  type PolicyDocument,
  type PolicyEvent,
  type PolicyVersionView,
  type PolicyView,
  type Recorded,
} from '@muster/contracts'
import { withAuthor } from '@muster/domain'
import { differencesBetween } from '@muster/policy'

/** A policy as its events tell it: what decides, what is tried beside it, and what is proposed. Grows with none of its versions. */
export interface Standing {
  readonly id: string
  readonly active?: PolicyVersionView
  readonly trial?: PolicyVersionView
  readonly change?: Omit<PolicyChangeView, 'differences'>
  /** The approval whose answer is published next. */
  readonly approvedBy?: string
  /** What was given up before anything of it was published. */
  readonly discarded?: Pick<PolicyChangeView, 'document' | 'digest'>
  readonly retiredAt?: string
  readonly comments: number
  readonly position: number
}

/** One fold for the list and for the single policy, so that they cannot differ. */
export function evolveStanding(standing: Standing | undefined, recorded: Recorded<PolicyEvent>): Standing {
  const { event, position, recordedtime: at, context } = recorded
  const known: Standing = standing ?? { id: decodeURIComponent(context.subject), comments: 0, position }
  const now = { ...known, position }
  const { change } = now
  switch (event.type) {
    case 'policy.drafted':
    case 'policy.revised': {
      const { discarded: _, ...rest } = now
      const { document, digest, cases } = event
      return {
        ...rest,
        change: {
          status: 'draft',
          document,
          digest,
          authors: [...event.authors.reduce(withAuthor, change?.authors ?? [])],
          ...(cases !== undefined && { cases }),
          draftedAt: change?.draftedAt ?? at,
          ...(change !== undefined && { revisedAt: at }),
        },
      }
    }
    case 'policy.submitted': {
      const { approvalId, needs, backtest } = event
      return change === undefined
        ? known
        : { ...now, change: { ...change, status: 'in-review', approvalId, needs, backtest, submittedAt: at } }
    }
    case 'policy.changes-requested':
      return change === undefined ? known : { ...now, change: { ...change, status: 'changes-requested' } }
    case 'policy.approved': {
      const { change: _, ...rest } = now
      return { ...rest, approvedBy: event.approvalId }
    }
    case 'policy.discarded': {
      const { change: _, ...rest } = now
      if (change === undefined || rest.active !== undefined || rest.trial !== undefined) return rest
      return { ...rest, discarded: { document: change.document, digest: change.digest } }
    }
    case 'policy.commented':
      return { ...now, comments: now.comments + 1 }
    case 'policy.published': {
      const { active, trial: _, discarded: __, approvedBy, retiredAt, ...rest } = now
      const { type: ___, ...published } = event
      const trial = isTrial(event)
      const approval = approvedBy === undefined ? {} : { approvalId: approvedBy }
      const version = { id: known.id, ...published, trial, ...approval, publishedAt: at, position }
      if (!trial) return { ...rest, active: version }
      // What was retired before does not decide again because another version is tried.
      return { ...rest, ...(active !== undefined && retiredAt === undefined && { active }), trial: version }
    }
    case 'policy.activated': {
      const { trial, ...rest } = now
      if (trial?.version !== event.version) return known
      const { mode, effectiveFrom, effectiveUntil } = event
      const until = effectiveUntil === undefined ? {} : { effectiveUntil }
      return { ...rest, active: { ...trial, trial: false, mode, effectiveFrom, ...until, activatedAt: at } }
    }
    case 'policy.retired':
      return { ...now, retiredAt: at }
  }
}

/** What decides is shown; where nothing does, what is tried, and else what is proposed. */
export function viewOf({ id, active, trial, change, discarded, retiredAt, comments, position }: Standing): PolicyView {
  const shown = active ?? trial
  const content = shown ?? change ?? discarded
  if (content === undefined) throw new Error(`policy ${id} has no content`)
  const { document, digest } = content
  return {
    id,
    status: statusOf({ shown, change, discarded, retiredAt }),
    kind: document.kind,
    title: document.title,
    owner: document.owner,
    ...(document.kind === 'Policy' && { severity: document.severity }),
    document,
    digest,
    mode: shown?.mode ?? modeOf(document),
    ...(shown !== undefined && {
      version: shown.version,
      effectiveFrom: shown.effectiveFrom,
      ...(shown.effectiveUntil !== undefined && { effectiveUntil: shown.effectiveUntil }),
      publishedAt: shown.publishedAt,
    }),
    reviewed: shown?.reviewed ?? false,
    ...(retiredAt !== undefined && { retiredAt }),
    ...(trial !== undefined && retiredAt === undefined && { trial }),
    ...(change !== undefined && { change: { ...change, differences: [...differencesOf(newestOf({ active, trial }), change.document)] } }),
    comments,
    position,
  }
}

type Shown = PolicyVersionView | undefined
type Told = Partial<Pick<Standing, 'change' | 'discarded' | 'retiredAt'>> & { readonly shown: Shown }

function statusOf({ shown, change, discarded, retiredAt }: { [Key in keyof Told]: Told[Key] | undefined }): PolicyView['status'] {
  if (retiredAt !== undefined) return 'retired'
  if (shown !== undefined) return shown.trial ? 'trial' : 'in-force'
  return change === undefined && discarded !== undefined ? 'discarded' : 'draft'
}

const newestOf = ({ active, trial }: { readonly active: Shown; readonly trial: Shown }): PolicyDocument | undefined =>
  (trial ?? active)?.document

/** In words; what is new is described. */
export const differencesOf = (before: PolicyDocument | undefined, after: PolicyDocument): readonly string[] =>
  differencesBetween(before === undefined ? [] : [before], [after])[0]?.sentences ?? []
