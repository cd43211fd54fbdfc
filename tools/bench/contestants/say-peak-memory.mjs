import { writeSync } from 'node:fs';

// Loaded before a program that knows nothing of the benchmark: its last line on standard error is its largest resident set in bytes.
process.on('exit', () => writeSync(2, `\npeak memory ${process.resourceUsage().maxRSS * 1024}\n`));
