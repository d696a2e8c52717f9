import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/* Tests are told apart by suffix: `.spec` has no I/O, `.int.spec` talks to real servers, `.e2e.spec` runs the whole system. */

// Exactly this one condition: adding `import` or `default` breaks CommonJS packages that `require` each other.
const resolve = { conditions: ['@muster/source'] }
const ssr = { resolve: { conditions: ['@muster/source'], externalConditions: ['@muster/source'] } }
// One for each core: of two, vitest itself would leave one idle.
const cores = availableParallelism()
const exclude = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['**/*.spec.ts'],
          exclude: [...exclude, '**/*.int.spec.ts', '**/*.e2e.spec.ts'],
          isolate: false,
          maxWorkers: cores,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'int',
          include: ['**/*.int.spec.ts'],
          exclude,
          // They wait for servers more than they work.
          maxWorkers: cores + 1,
          globalSetup: ['infra/test/servers.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['**/*.e2e.spec.ts'],
          exclude,
          globalSetup: ['infra/test/servers.setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
