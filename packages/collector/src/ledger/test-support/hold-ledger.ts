import process from 'node:process';
import { openLedger } from '../sqlite-ledger.ts';

// A process of its own for tests: takes the ledger it is given and keeps it until it is killed.
const ledger = await openLedger(process.argv[2] ?? '');
process.stdout.write('open\n');
setInterval(() => ledger.interrupted, 1000);
