import type { Exclusion } from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'
import type { CompiledApprovalRule } from '@muster/policy'
import type { PersonUse } from './facts.ts'

/*
 * Separation of duties, from who did what: whoever trained the version or asked for the deployment may never sign, and the owner may not
 * where a rule that asks says so. A name among them that maps to nobody makes it unknown who may not, and is reported.
 */

export interface Separation {
  readonly excluded: Exclusion[]
  readonly unmapped: string[]
}

export function separationOf(people: readonly PersonUse[], asking: readonly CompiledApprovalRule[]): Separation {
  const ownerToo = asking.some(({ document }) => document.exclude?.includes('owner'))
  const barred = people.filter(({ as }) => as === 'trainer' || as === 'requester' || (as === 'owner' && ownerToo))
  return {
    excluded: exclusionsOf(barred),
    unmapped: [...new Set(barred.filter(({ person }) => person === undefined).map(({ name }) => name))].toSorted(byCodeUnit),
  }
}

function exclusionsOf(barred: readonly PersonUse[]): Exclusion[] {
  const because = {
    trainer: 'trained the version',
    requester: 'asked for the deployment',
    owner: 'answers for the model',
    'endpoint-owner': 'answers for the endpoint',
  }
  const excluded = new Map<string, string>()
  for (const { as, person } of barred) {
    if (person === undefined) continue
    const earlier = excluded.get(person)
    if (earlier === undefined) excluded.set(person, because[as])
    else if (!earlier.includes(because[as])) excluded.set(person, `${earlier} and ${because[as]}`)
  }
  return [...excluded].map(([person, why]) => ({ person, because: why })).toSorted((a, b) => byCodeUnit(a.person, b.person))
}
