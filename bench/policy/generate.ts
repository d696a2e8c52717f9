import { writeFileSync } from 'node:fs'
import { regoOf, rulesOf } from './rules.ts'

/* Run at the root of the repository, it writes the Rego of 20 and of 2,000 rules. How the compiled policies are made of it stands in bench/README.md. */

for (const count of [20, 2_000]) writeFileSync(`bench/policy/rules-${count}.rego`, regoOf(rulesOf(count)))
