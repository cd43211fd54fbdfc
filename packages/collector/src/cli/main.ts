#!/usr/bin/env node
import { keepCompiledCode } from './compile-cache.ts';
import { tooOld } from './node-version.ts';
import { filterSqliteWarning } from './sqlite-warning.ts';

// Only what every Node can read is imported here: the rest asks for modules that old ones do not have.
const complaint = tooOld(process.versions.node);
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
} else {
  filterSqliteWarning(process);
  keepCompiledCode(process);
  const { environmentOf, runCli } = await import('./application.ts');
  const exitCode = await runCli(environmentOf(process));
  // Pipes are written to in the background: what is still on its way must arrive before the process goes.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(exitCode);
}
