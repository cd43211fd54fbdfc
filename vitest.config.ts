import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests import the packages' sources, so a failing line is a line that someone wrote. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@sariflow\/sarif$/, replacement: source('packages/sarif/src/index.ts') },
      { find: /^@sariflow\/converters$/, replacement: source('packages/converters/src/index.ts') },
      { find: /^@sariflow\/collector$/, replacement: source('packages/collector/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
