import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedger } from '../../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../../ledger/test-support/temporary-folder.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import { createCertusBudget } from './certus-budget.ts';

const part = (outcome: DocumentPart['outcome'], attempts: number): DocumentPart => ({
  ...{ sha256: '', lane: '', bytes: 1, results: 1, httpStatus: null, path: 'a', number: 1 },
  outcome,
  attempts,
});

test('what was used from here is remembered, and no more is taken than the plan includes', async () => {
  using folder = temporaryFolder();
  await using ledger = await openLedger(join(folder.path, 'ledger.db'));
  const budget = (plan: 'free' | 'pro' | undefined) => createCertusBudget(ledger, 'certus.example', plan);
  // Scans that were refused cost a request and no scan.
  const used = [
    ...Array.from({ length: 97 }, () => part('accepted', 1)),
    part('unknown', 2),
    part('rejected', 1),
    part('held', 0),
  ];
  await budget(undefined).spend(used);

  const free = budget('free');
  expect(await free.take()).toBeUndefined();
  expect(await free.take()).toBeUndefined();
  expect(await free.take()).toContain("The plan 'free' includes 100 scans a month, and 98 were used from here");
  expect(await budget('pro').take()).toBeUndefined();
  const unlimited = budget(undefined);
  for (let scan = 0; scan < 200; scan += 1) expect(await unlimited.take()).toBeUndefined();

  await budget(undefined).spend(Array.from({ length: 10 }, () => part('undelivered', 100)));
  expect(await createCertusBudget(ledger, 'certus.example', 'free').take()).toContain('requests a day');
  expect(await createCertusBudget(ledger, 'another.example', 'free').take()).toBeUndefined();
});
