import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createDemoTenant } from './create-demo-tenant.ts';
import { startLocalCollector } from './start-local-collector.ts';
import { sampleRepository, upload } from './test-support/upload.ts';

const root = resolve(import.meta.dirname, '../../../..');
const corpus = resolve(root, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus');

test.skipIf(!existsSync(corpus))(
  'every log of the corpus gets a documented answer, and its findings are accounted for',
  async () => {
    await using collector = await startLocalCollector({ ...createDemoTenant([sampleRepository]), reupload: 'append' });
    const paths = globSync('sarif/**/*.{sarif,json}', { cwd: corpus });
    expect(paths.length).toBeGreaterThan(0);
    let accepted = 0;
    for (const path of paths) {
      const { status, json } = await upload(collector, readFileSync(join(corpus, path)));
      expect([201, 400, 413], path).toContain(status);
      expect(json, path).toMatchObject({ message: expect.any(String) });
      const last = collector.received().at(-1);
      if (status === 201) accepted += last?.findings ?? 0;
      expect(last?.stored, path).toBe(status === 201);
    }
    expect(collector.findings()).toHaveLength(accepted);
  },
);
