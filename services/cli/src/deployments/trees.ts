import { factsSchema, type DeploymentView, type PolicyVersionView, type RuleCheck } from '@muster/contracts'
import { compileDocument, explanationTree, treeText, type CompiledPolicy } from '@muster/policy'
import type { Client } from '../client.ts'
import { sections } from '../text.ts'

/*
 * Rules as trees: the text of the very version that was checked, on the very facts that stand in the record. Where a version
 * no longer compiles here, its rules have no tree; the sentences above are the server's and stand.
 */

export async function policiesOf(client: Client, rules: readonly RuleCheck[]): Promise<readonly CompiledPolicy[]> {
  const versions = new Map(rules.map(({ policy, version }) => [`${policy} ${version}`, { policy, version }]))
  const found = await Promise.all(
    [...versions.values()].map(({ policy, version }) =>
      client.get<PolicyVersionView>(`/v1/policies/${encodeURIComponent(policy)}/versions/${version}`),
    ),
  )
  return found.flatMap(({ body: { document, version, digest } }) => {
    if (document.kind !== 'Policy') return []
    const result = compileDocument(document, factsSchema, { version, digest })
    return result.ok ? [result.compiled] : []
  })
}

export function treesOf(view: DeploymentView, rules: readonly RuleCheck[], policies: readonly CompiledPolicy[]): string {
  if (view.check === undefined) return ''
  // The clock and the point are no evidence, and stand beside the snapshot.
  const { snapshot, at, point } = view.check
  const facts = { ...snapshot, now: at, point }
  const trees = rules.flatMap(({ policy: id, version, rule }) => {
    const policy = policies.find(({ document, version: one }) => document.id === id && one === version)
    const tree = policy && explanationTree(policy, rule, facts)
    return tree === undefined ? [] : [`${id}/${rule} asks for\n${treeText(tree).replaceAll(/^/gm, '  ')}`]
  })
  return sections(...trees)
}

/** Those that did not pass, or all. */
export const shownIn = ({ check }: DeploymentView, which: 'all' | 'noteworthy'): readonly RuleCheck[] =>
  check?.rules.filter(({ outcome }) => which === 'all' || outcome !== 'pass') ?? []
