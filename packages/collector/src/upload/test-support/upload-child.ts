import process from 'node:process';
import { openLedger } from '../../ledger/sqlite-ledger.ts';
import { Secret } from '../../secrets/secret.ts';
import { cortex } from '../../targets/cortex.ts';
import { uploadParts } from '../upload-parts.ts';
import { someDocument } from './documents.ts';

// A process of its own for tests: uploads four documents over three lanes, and is killed while it does.
const [, , url = '', ledgerPath = '', partsEach = '10'] = process.argv;
await using ledger = await openLedger(ledgerPath);
process.stdout.write('start\n');
const result = await uploadParts(
  ['one', 'two', 'three', 'four'].map((path, index) =>
    someDocument(path, Number(partsEach), { tool: `Tool ${index % 3}` }),
  ),
  {
    destination: cortex.connect({
      url,
      collectorId: 'c',
      credential: { type: 'standard', keyId: '1', key: new Secret('key') },
    }),
    context: { repositoryId: 'r' },
    ledger,
    concurrency: 3,
    retry: { baseMs: 2, capMs: 10, maxAttempts: 50 },
    budget: { capacity: 10_000, perSuccess: 1, refillMs: 1 },
    breaker: { consecutive: 1000, window: 1000, openMs: 10 },
  },
);
process.stdout.write(`${JSON.stringify(result.account)}\n`);
