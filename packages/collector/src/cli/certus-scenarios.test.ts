import { describe, expect, test } from 'vitest';
import { startCertusEmulator } from '../../../../tools/emulators/certus.ts';
import { sampleLog } from '../fault-matrix/test-support/command-delivery.ts';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write } = scenario();
const key = 'ck_test_canary';

const settings = (origin: string) => ({
  SARIFLOW_URL: origin,
  SARIFLOW_API_KEY: key,
  GITLAB_CI: 'true',
  CI_PROJECT_URL: 'https://gitlab.example/acme/shop',
  CI_COMMIT_BRANCH: 'main',
  CI_COMMIT_SHA: 'c0ffee'.padEnd(40, '0'),
});

describe.skipIf(!isBuilt)('upload --target certus', () => {
  test('a report is one scan, signed and graded, without source text; the same again is not sent', async () => {
    const snippet = {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a.ts' },
            region: { startLine: 1, snippet: { text: 'SOURCE-TEXT' } },
          },
        },
      ],
    };
    await write('a.sarif', sampleLog({ results: 5, more: snippet }));
    await using emulator = await startCertusEmulator({ apiKey: key });
    const env = settings(emulator.origin);
    const ended = await sariflow(['upload', 'a.sarif', '--target', 'certus', '--json', '--max-part-bytes', '3000'], {
      env,
    });
    expect(ended.code).toBe(0);
    expect(await documentOf(ended, 'upload')).toMatchObject({
      account: { in: 5, accepted: 5 },
      parts: [{ results: 5, httpStatus: 201 }],
    });
    const [scan] = emulator.scans.values();
    expect(scan).toMatchObject({
      isSigned: true,
      body: { repo_slug: 'acme/shop', branch: 'main', commit_hash: env.CI_COMMIT_SHA, score: 50, grade: 'F' },
    });
    expect(scan?.body['findings']).toHaveLength(5);
    expect(scan?.body['control_results']).toMatchObject([{ control_id: 'A03:2021', status: 'fail' }]);
    expect(scan?.text).not.toContain('SOURCE-TEXT');
    expect((await sariflow(['upload', 'a.sarif', '--target', 'certus'], { env })).code).toBe(0);
    expect(emulator.received).toHaveLength(1);
    expect(ended.out + ended.err).not.toContain('canary');
  });

  test('what the plan does not include any more is held back, and what was used is remembered', async () => {
    await using emulator = await startCertusEmulator({ apiKey: key, scansPerMonth: 2 });
    const env = settings(emulator.origin);
    for (const results of [1, 2]) {
      await write('a.sarif', sampleLog({ results }));
      expect((await sariflow(['upload', 'a.sarif', '--target', 'certus'], { env })).code).toBe(0);
    }
    const { quotas } = await documentOf(await sariflow(['ledger', 'show', '--json']), 'ledger-show');
    expect(quotas.map(({ used }: { used: number }) => used)).toEqual([2, 2]);

    // The server says it: run again when the month is over.
    await write('a.sarif', sampleLog({ results: 3 }));
    const refused = await sariflow(['upload', 'a.sarif', '--target', 'certus'], { env });
    expect(refused).toMatchObject({ code: 6, err: expect.stringContaining('quota') });
    expect(emulator.scans.size).toBe(2);
  });

  test('what Certus needs to know is asked for before anything is sent', async () => {
    await write('a.sarif', sampleLog());
    const dry = ['upload', 'a.sarif', '--target', 'certus', '--dry-run'];
    const { CI_COMMIT_SHA: _, ...env } = settings('https://www.getcertus.cloud');
    expect(await sariflow(dry, { env })).toMatchObject({ code: 2, err: expect.stringContaining('hash of the commit') });
    expect((await sariflow(dry, { env: settings('https://www.getcertus.cloud') })).code).toBe(0);
    const bare = await sariflow(dry, { env: settings('https://getcertus.cloud') });
    expect(bare).toMatchObject({ code: 2, err: expect.stringContaining('https://www.getcertus.cloud') });
    expect(
      (await sariflow(['upload', 'a.sarif', '--target', 'certus'], { env: { ...settings(''), SARIFLOW_API_KEY: '' } }))
        .code,
    ).toBe(2);
  });
});
