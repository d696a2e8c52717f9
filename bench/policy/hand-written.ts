/*
 * The twenty rules with number 0, as somebody would write them in TypeScript who knows the facts: once plainly, once keeping the same values
 * that the engine records: of every comparison and of what connects them true, false or unknown, the witness of each quantifier, and the
 * number that was computed. The plain form trusts that everything is there.
 */

export interface Input {
  readonly now: string
  readonly intent: { readonly environment: string }
  readonly model: { readonly owner: string; readonly intendedUse: string; readonly riskTier: string }
  readonly version: {
    readonly license: string
    readonly artifactDigest: string
    readonly sourceCommit: string
    readonly documents: readonly { readonly kind: string; readonly uri: string }[]
  }
  readonly datasets: readonly Dataset[]
  readonly evaluation: {
    readonly at: string
    readonly auc: number
    readonly accuracy: number
    readonly balancedAccuracy: number
    readonly f1: number
    readonly calibrationError: number
    readonly latencyP99Ms: number
    readonly fairness: { readonly disparateImpact: number; readonly groups: readonly { readonly disparateImpact?: number }[] }
  }
  readonly evaluations: { readonly count: number }
}
interface Dataset {
  readonly role: string
  readonly license: string
  readonly personalData: boolean
  readonly lawfulBasis?: string
  readonly rows: number
  readonly columns: number
  readonly categories: readonly string[]
  readonly missingRate: number
  readonly duplicateRate: number
}

const day = 86_400_000

/** Puts 1 for pass and 2 for fail. */
export function plainly(f: Input, outcomes: Uint8Array): void {
  const { evaluation: e, model: m, version: v, datasets: d, intent: i } = f
  const put = (rule: number, passes: boolean): void => {
    outcomes[rule] = passes ? 1 : 2
  }
  put(0, e.auc >= 0.6)
  put(1, e.balancedAccuracy >= 0.55)
  put(2, e.fairness.disparateImpact >= 0.8 && e.fairness.disparateImpact <= 1.25)
  put(3, e.calibrationError <= 0.02)
  put(4, e.latencyP99Ms <= 80)
  put(5, m.owner !== 'person:p0' && m.intendedUse !== '')
  put(6, m.riskTier !== 'prohibited' || i.environment === 'sandbox-0')
  put(7, v.license === 'MIT' || v.license === 'Apache-2.0' || v.license === 'LicenseRef-0')
  put(8, v.artifactDigest.startsWith('sha256:') && v.sourceCommit !== 'c0')
  put(
    9,
    v.documents.some(x => x.kind === 'risk-assessment' && x.uri !== 'https://example.org/0'),
  )
  put(
    10,
    d.every(x => x.license !== 'proprietary-0'),
  )
  put(
    11,
    d.every(x => !x.personalData || (x.lawfulBasis !== undefined && x.lawfulBasis !== 'basis-0')),
  )
  put(
    12,
    d.every(x => x.rows >= 400),
  )
  put(
    13,
    d.every(x => x.missingRate <= 0.04 && x.duplicateRate <= 0.02),
  )
  put(
    14,
    d.some(x => x.role === 'holdout' && x.rows >= 300),
  )
  put(15, m.riskTier === 'high' || !d.some(x => x.categories.includes('children') && x.columns > 10))
  put(
    16,
    e.fairness.groups.every(g => g.disparateImpact !== undefined && g.disparateImpact >= 0.75),
  )
  put(17, f.evaluations.count <= 5)
  put(18, Date.parse(f.now) - Date.parse(e.at) <= 30 * day)
  put(19, i.environment !== 'production' || (e.f1 >= 0.6 && e.accuracy >= 0.65))
}

const [no, yes, unknown] = [1, 2, 3] as const

export interface Kept {
  readonly outcomes: Uint8Array
  readonly atoms: Uint8Array
  readonly witnesses: Int32Array
  readonly numbers: Float64Array
}
export const emptyKept = (): Kept => ({
  outcomes: new Uint8Array(20),
  atoms: new Uint8Array(80),
  witnesses: new Int32Array(8),
  numbers: new Float64Array(1),
})

const outcome = (byte: number): number => (byte === yes ? 1 : byte === no ? 2 : 3)
const of = (value: boolean): number => (value ? yes : no)
const least = (x: number | undefined, than: number): number => (x === undefined ? unknown : of(x >= than))
const most = (x: number | undefined, than: number): number => (x === undefined ? unknown : of(x <= than))
const more = (x: number | undefined, than: number): number => (x === undefined ? unknown : of(x > than))
const is = (x: string | undefined, what: string): number => (x === undefined ? unknown : of(x === what))
const isNot = (x: string | undefined, what: string): number => (x === undefined ? unknown : of(x !== what))
const not = (byte: number): number => (byte === yes ? no : byte === no ? yes : byte)

/** The same outcomes, and everything that they were made of. */
export function keeping(f: Input, { outcomes, atoms, witnesses, numbers }: Kept): void {
  atoms.fill(0)
  const { evaluation: e, model: m, version: v, datasets: d, intent: i } = f
  const put = (rule: number, byte: number): void => {
    outcomes[rule] = outcome(byte)
  }
  /** Both, the second only where the first does not decide; what each came to is kept at `at` and behind it, and what both do before. */
  const both = (at: number, one: number, other: () => number): number => {
    atoms[at + 1] = one
    if (one === no) return (atoms[at] = no)
    const second = (atoms[at + 2] = other())
    return (atoms[at] = second === no ? no : one === unknown ? unknown : second)
  }
  const either = (at: number, one: number, other: () => number): number => {
    atoms[at + 1] = one
    if (one === yes) return (atoms[at] = yes)
    const second = (atoms[at + 2] = other())
    return (atoms[at] = second === yes ? yes : one === unknown ? unknown : second)
  }
  const walk = <T>(at: number, witness: number, list: readonly T[] | undefined, decisive: number, body: (element: T) => number): number => {
    witnesses[witness] = -1
    if (list === undefined) return (atoms[at] = unknown)
    let open = -1
    for (let index = 0; index < list.length; index++) {
      const found = body(list[index] as T)
      if (found === decisive) {
        witnesses[witness] = index
        return (atoms[at] = decisive)
      }
      if (found === unknown && open < 0) open = index
    }
    if (open < 0) return (atoms[at] = not(decisive))
    witnesses[witness] = open
    body(list[open] as T)
    return (atoms[at] = unknown)
  }

  put(0, (atoms[0] = least(e.auc, 0.6)))
  put(1, (atoms[1] = least(e.balancedAccuracy, 0.55)))
  put(
    2,
    both(2, least(e.fairness.disparateImpact, 0.8), () => most(e.fairness.disparateImpact, 1.25)),
  )
  put(3, (atoms[5] = most(e.calibrationError, 0.02)))
  put(4, (atoms[6] = most(e.latencyP99Ms, 80)))
  put(
    5,
    both(7, isNot(m.owner, 'person:p0'), () => isNot(m.intendedUse, '')),
  )
  put(
    6,
    either(10, isNot(m.riskTier, 'prohibited'), () => is(i.environment, 'sandbox-0')),
  )
  const license: string | undefined = v.license
  put(7, (atoms[13] = license === undefined ? unknown : of(license === 'MIT' || license === 'Apache-2.0' || license === 'LicenseRef-0')))
  const digest: string | undefined = v.artifactDigest
  put(
    8,
    both(14, digest === undefined ? unknown : of(digest.startsWith('sha256:')), () => isNot(v.sourceCommit, 'c0')),
  )
  put(
    9,
    walk(17, 0, v.documents, yes, x => both(18, is(x.kind, 'risk-assessment'), () => isNot(x.uri, 'https://example.org/0'))),
  )
  put(
    10,
    walk(21, 1, d, no, x => (atoms[22] = isNot(x.license, 'proprietary-0'))),
  )
  put(
    11,
    walk(23, 2, d, no, x =>
      either(24, not(x.personalData === undefined ? unknown : of(x.personalData)), () =>
        both(27, of(x.lawfulBasis !== undefined), () => isNot(x.lawfulBasis, 'basis-0')),
      ),
    ),
  )
  put(
    12,
    walk(30, 3, d, no, x => (atoms[31] = least(x.rows, 400))),
  )
  put(
    13,
    walk(32, 4, d, no, x => both(33, most(x.missingRate, 0.04), () => most(x.duplicateRate, 0.02))),
  )
  put(
    14,
    walk(36, 5, d, yes, x => both(37, is(x.role, 'holdout'), () => least(x.rows, 300))),
  )
  put(
    15,
    either(40, is(m.riskTier, 'high'), () =>
      not(
        walk(43, 6, d, yes, x =>
          both(44, x.categories === undefined ? unknown : of(x.categories.includes('children')), () => more(x.columns, 10)),
        ),
      ),
    ),
  )
  put(
    16,
    walk(47, 7, e.fairness.groups, no, g => both(48, of(g.disparateImpact !== undefined), () => least(g.disparateImpact, 0.75))),
  )
  put(17, (atoms[51] = most(f.evaluations.count, 5)))
  const age = f.now === undefined || e.at === undefined ? undefined : Date.parse(f.now) - Date.parse(e.at)
  numbers[0] = age ?? Number.NaN
  put(18, (atoms[52] = most(age, 30 * day)))
  put(
    19,
    either(53, isNot(i.environment, 'production'), () => both(56, least(e.f1, 0.6), () => least(e.accuracy, 0.65))),
  )
}
