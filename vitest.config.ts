import { defineConfig } from 'vitest/config'

/* Tests are told apart by suffix: `.spec` has no I/O, `.int.spec` talks to real servers, `.e2e.spec` runs the whole system. */

// Exactly this one condition: adding `import` or `default` breaks CommonJS packages that `require` each other.
const resolve = { conditions: ['@muster/source'] }
const ssr = { resolve: { conditions: ['@muster/source'], externalConditions: ['@muster/source'] } }
const exclude = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { name: 'unit', include: ['**/*.spec.ts'], exclude: [...exclude, '**/*.int.spec.ts', '**/*.e2e.spec.ts'], isolate: false },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'int',
          include: ['**/*.int.spec.ts'],
          exclude,
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
