import { PolicyCaseFile, PolicyDocument } from '@muster/contracts'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Terminal } from '../terminal.ts'

/* The shape of a policy, for editors: the same bytes as in contracts/schemas, for whoever has no checkout. */

export function addSchema(group: Command, terminal: Terminal): void {
  group
    .command('schema')
    .description('The JSON Schema of a policy, with which an editor completes and checks one. No server is asked.')
    .option('--cases', 'of a file of cases instead')
    .addHelpText(
      'after',
      `
Write it to a file, and name that in the first line of a policy:
  # yaml-language-server: $schema=policy.schema.json

Examples:
  muster policies schema > policy.schema.json
  muster policies schema --cases > cases.schema.json`,
    )
    .action(({ cases }: { readonly cases?: true }) => {
      const schema =
        cases === true
          ? schemaOf('policy-cases', 'A file of cases: what the policies beside it must answer.', PolicyCaseFile)
          : schemaOf('policy-document', 'A policy or approval rule, as people write it.', PolicyDocument)
      terminal.print(JSON.stringify(schema, undefined, 2))
    })
}

const instant = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$'

function schemaOf(name: string, description: string, schema: z.ZodType) {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') jsonSchema.pattern = instant
    },
  })
  return { $schema, $id: `urn:muster:schema:${name}`, title: name, description, ...body }
}
