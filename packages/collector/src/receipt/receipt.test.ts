import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { beginPrivateFile } from './private-file.ts';
import { type ReceiptContent, readReceipt, sealReceipt } from './receipt.ts';

const content: ReceiptContent = {
  type: 'sariflow-receipt',
  version: 1,
  sariflow: '0.1.0',
  target: 'cortex',
  origin: 'https://api-tenant.example',
  startedAt: '2026-11-20T12:00:00.000Z',
  endedAt: '2026-11-20T12:00:03.000Z',
  context: { branch: { value: 'feature/ä\ud800', origin: '--branch' } },
  files: [{ path: 'a.sarif', sha256: 'f'.repeat(64), format: 'sarif', findings: 2, parts: 1, delivered: true }],
  parts: [],
  account: { in: 2, accepted: 2, merged: 0, rejected: 0, dropped: 0, held: 0, undelivered: 0, unknown: 0, reasons: [] },
  exit: { code: 0, name: 'ok' },
};

test('a receipt is one line of canonical JSON and can be read again, also when somebody has indented it', () => {
  const text = sealReceipt(content);
  expect(text.split('\n')).toHaveLength(2);
  expect(readReceipt(text)).toMatchObject({
    receipt: { account: { accepted: 2 }, context: { branch: { value: 'feature/ä\ufffd' } } },
  });
  expect(readReceipt(JSON.stringify(JSON.parse(text), null, 2))).toHaveProperty('receipt');
});

test('any change that means something is found', () => {
  const text = sealReceipt(content);
  const before = JSON.stringify(JSON.parse(text));
  fc.assert(
    fc.property(fc.nat(text.length - 2), fc.integer({ min: 32, max: 126 }), (at, code) => {
      const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      const read = readReceipt(changed);
      if ('receipt' in read) expect(JSON.stringify(read.receipt)).toBe(before);
      else expect(read.message).toMatch(/\.$/);
    }),
  );
});

test.each([
  ['{', 'receipt-unreadable'],
  ['[]', 'receipt-foreign'],
  ['{"type":"x"}', 'receipt-foreign'],
  ['{"type":"sariflow-receipt","version":2}', 'receipt-newer'],
  ['{"type":"sariflow-receipt","version":1}', 'receipt-changed'],
  ['{"type":"sariflow-receipt","version":1,"sha256":"é"}', 'receipt-changed'],
])('%s is %s', (text, defect) => {
  expect(readReceipt(text)).toMatchObject({ defect });
});

test('the file is for the user alone, appears as a whole, and replaces a planted link instead of following it', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'receipt.json');
  const victim = join(folder.path, 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, path);
  const file = await beginPrivateFile(path);
  expect(readFileSync(path, 'utf8')).toBe('untouched');
  await file.complete('text');
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
  expect(lstatSync(path).isSymbolicLink()).toBe(false);
  expect(lstatSync(path).mode & 0o777).toBe(0o600);

  const other = await beginPrivateFile(join(folder.path, 'other'));
  await other.discard();
  expect(readdirSync(folder.path).sort()).toEqual(['receipt.json', 'victim']);
  await expect(beginPrivateFile(join(folder.path, 'missing', 'x'))).rejects.toMatchObject({ code: 'ENOENT' });
});
