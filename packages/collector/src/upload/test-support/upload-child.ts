import process from 'node:process';
import { openLedger } from '../../ledger/sqlite-ledger.ts';
import { Secret } from '../../secrets/secret.ts';
import { cortex } from '../../targets/cortex.ts';
import { uploadParts } from '../upload-parts.ts';
import { someDocument } from './documents.ts';

// A process of its own for tests: uploads four documents, 40 parts, over three lanes, and is killed while it does.
const [, , url = '', ledgerPath = ''] = process.argv;
await using ledger = await openLedger(ledgerPath);
process.stdout.write('start\n');
const result = await uploadParts(
  ['one', 'two', 'three', 'four'].map((path, index) => someDocument(path, 10, { tool: `Tool ${index % 3}` })),
  {
    destination: cortex.connect({
      url,
      collectorId: 'c',
      credential: { type: 'standard', keyId: '1', key: new Secret('key') },
    }),
    context: { repositoryId: 'r' },
    ledger,
    concurrency: 3,
  },
);
process.stdout.write(`${JSON.stringify(result.account)}\n`);
