import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../ledger/test-support/temporary-folder.ts';
import type { DeadLetter } from '../../upload/upload-types.ts';
import { deadLetterFile } from './dead-letter-file.ts';

const letter: DeadLetter = {
  path: 'a.sarif',
  lane: 'lane',
  pointer: '/runs/0/results/12',
  ruleId: 'r',
  code: 'bad-request',
  reason: 'The target refused the content (400).',
  httpStatus: 400,
};

test('a line for each finding, with its place, the reason and the result itself', () => {
  using folder = temporaryFolder();
  const file = deadLetterFile(join(folder.path, 'ledger.db'));
  file.append(letter, '{"ruleId":"r","message":{"text":"x"}}');
  file.append({ ...letter, pointer: '/runs/0/results/13' }, 'null');
  const lines = readFileSync(file.path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...letter, result: { ruleId: 'r', message: { text: 'x' } } },
    { ...letter, pointer: '/runs/0/results/13', result: null },
  ]);
  expect(lstatSync(file.path).mode & 0o777).toBe(0o600);
});

test('a link that someone has put in its place is not followed', () => {
  using folder = temporaryFolder();
  const elsewhere = join(folder.path, 'elsewhere');
  writeFileSync(elsewhere, 'mine');
  const file = deadLetterFile(join(folder.path, 'ledger.db'));
  symlinkSync(elsewhere, file.path);
  expect(() => file.append(letter, 'null')).toThrow(/ELOOP/);
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
});
