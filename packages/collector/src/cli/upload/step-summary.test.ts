import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../ledger/test-support/temporary-folder.ts';
import { addStepSummary, renderStepSummary, type SummarisedUpload } from './step-summary.ts';

const account = { in: 3, accepted: 2, merged: 0, rejected: 1, dropped: 0, held: 0, undelivered: 0, unknown: 0 };
const upload: SummarisedUpload = {
  target: 'cortex',
  account: { ...account, reasons: [{ code: 'bad-request', count: 1 }] },
  exit: { code: 0, name: 'rejected', softFailed: true },
  files: [
    {
      path: 'a|b`<img src=x onerror=y>@everyone\n[x](https://evil.example).sarif',
      format: 'sarif',
      findings: 3,
      parts: 2,
      delivered: false,
      account: { ...account, reasons: [] },
    },
  ],
};

test('the account is a table, a soft failure is visible, and data is no markup', () => {
  const page = renderStepSummary(upload);
  expect(page).toContain('### Sariflow: rejected, exit code 5 turned into 0 by --soft-fail');
  expect(page).toContain('3 findings for `cortex`: accepted 2 + rejected 1.');
  expect(page).toContain('- 1 × bad-request');
  expect(page).not.toMatch(/<img|@everyone|\]\(https/);
  expect(page.split('\n').filter((line) => line.startsWith('| a'))).toHaveLength(1);
});

test('it is added to what other steps have written, only on GitHub, and never through a link', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'summary.md');
  writeFileSync(path, 'before\n');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path };
  expect(await addStepSummary({ ...env, GITHUB_ACTIONS: undefined }, upload)).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toBe('before\n');
  expect(await addStepSummary(env, upload)).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toBe(`before\n${renderStepSummary(upload)}`);
  const link = join(folder.path, 'link.md');
  symlinkSync(path, link);
  expect(await addStepSummary({ ...env, GITHUB_STEP_SUMMARY: link }, upload)).toMatch(/cannot be written \(ELOOP\)\.$/);
});
