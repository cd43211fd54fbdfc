import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Environment } from './environment.ts';
import { createProgram } from './program.ts';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

/** The lines that the page says to type, without what the shell makes of them. */
const lines = readme.split('\n').flatMap((line) => {
  const [, typed] = /^(?:\$ )?sariflow ([^#]+)/.exec(line) ?? [];
  return typed === undefined ? [] : [typed.trim()];
});

/** Parses arguments and says how many commands were started with them. */
async function started(typed: string): Promise<number> {
  let count = 0;
  const output = { stream: new PassThrough(), isTerminal: false, columns: undefined };
  const environment = { standardOutput: output, standardError: output, env: {} } as unknown as Environment;
  const program = createProgram(environment, () => async () => {
    count += 1;
  });
  await program.parseAsync(typed.split(' '), { from: 'user' });
  return count;
}

test('the page shows commands', () => {
  expect(lines.length).toBeGreaterThan(5);
});

test.each(lines)('sariflow %s', async (typed) => {
  expect(await started(typed)).toBe(1);
});

test('what is no command is refused', async () => {
  await expect(started('validat scan.sarif')).rejects.toThrow('unknown command');
  await expect(started('validate scan.sarif --profil github')).rejects.toThrow('unknown option');
});
