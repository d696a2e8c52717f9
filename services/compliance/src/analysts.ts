/*
 * How analysts read: documented views in the schema `compliance`, as the role `muster_analyst`, which can read them and nothing else. The
 * views run with the rights of whoever asks, so that row-level security of the tables holds for them too.
 */

export interface View {
  readonly name: string
  readonly comment: string
  readonly select: string
  readonly columns: Readonly<Record<string, string>>
}

/** SQL that makes the view anew over tables of the read model's own schema, and lets analysts read it. May be repeated. */
export const publishView = ({ name, comment, select, columns }: View): string => `
do $$ begin
  if not exists (select from pg_roles where rolname = 'muster_analyst') then create role muster_analyst nologin; end if;
exception
  when insufficient_privilege then raise notice 'the role muster_analyst is missing, and this user may not create roles';
  when duplicate_object or unique_violation then null;
end $$;
create schema if not exists compliance;
drop view if exists compliance.${name};
create view compliance.${name} with (security_invoker = true) as ${select};
comment on view compliance.${name} is ${literal(comment)};
${Object.entries(columns)
  .map(([column, text]) => `comment on column compliance.${name}.${column} is ${literal(text)};`)
  .join('\n')}
do $$ begin
  if exists (select from pg_roles where rolname = 'muster_analyst') then
    execute format('grant usage on schema compliance, %I to muster_analyst', current_schema());
    execute format('grant select on all tables in schema %I to muster_analyst', current_schema());
    grant select on compliance.${name} to muster_analyst;
  end if;
end $$;
`

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
