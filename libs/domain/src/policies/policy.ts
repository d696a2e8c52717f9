import type { PolicyDocument, PolicyEvent, PolicyPublished, Personal } from '@muster/contracts'
import { record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'

/*
 * Policy: one governed document and its published versions.
 * Stream `policy-<id>`: published any number of times, and retired.
 *
 * The version follows the content: the same text publishes nothing, so that loading a folder at every start is harmless. What was retired
 * stays so until its text changes: a file that was left behind cannot bring it back.
 */

type PublishPolicy = {
  type: 'publish-policy'
  document: PolicyDocument
  digest: string
  at: string
  reviewed: boolean
}
type RetirePolicy = { type: 'retire-policy'; reason: Personal }
export type PolicyCommand = PublishPolicy | RetirePolicy

export type PolicyRejection = 'not-found' | 'other-kind'

export type PolicyState = { status: 'none' } | { status: 'published' | 'retired'; newest: PolicyPublished }

function publish({ document, digest, at, reviewed }: PublishPolicy, policy: PolicyState): Decision<PolicyEvent, PolicyRejection> {
  if (policy.status !== 'none') {
    if (policy.newest.digest === digest) return unchanged
    if (policy.newest.document.kind !== document.kind) return reject('other-kind')
  }
  return record({
    type: 'policy.published',
    version: policy.status === 'none' ? 1 : policy.newest.version + 1,
    digest,
    document,
    mode: document.mode ?? 'enforce',
    effectiveFrom: document.effective?.from ?? at,
    ...(document.effective?.until !== undefined && { effectiveUntil: document.effective.until }),
    reviewed,
  })
}

function retire({ reason }: RetirePolicy, policy: PolicyState): Decision<PolicyEvent, PolicyRejection> {
  if (policy.status === 'none') return reject('not-found')
  if (policy.status === 'retired') return unchanged
  return record({ type: 'policy.retired', version: policy.newest.version, reason })
}

function evolve(policy: PolicyState, event: PolicyEvent): PolicyState {
  switch (event.type) {
    case 'policy.published':
      return { status: 'published', newest: event }
    case 'policy.retired':
      return policy.status === 'none' ? policy : { ...policy, status: 'retired' }
  }
}

export const policy: Decider<PolicyCommand, PolicyState, PolicyEvent, PolicyRejection> = {
  category: 'policy',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'publish-policy':
        return publish(command, state)
      case 'retire-policy':
        return retire(command, state)
    }
  },
}
