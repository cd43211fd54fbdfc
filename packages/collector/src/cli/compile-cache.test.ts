import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = `
  import { keepCompiledCode } from ${JSON.stringify(new URL('./compile-cache.ts', import.meta.url).href)};
  keepCompiledCode(process);
  await import(${JSON.stringify(new URL('./node-version.ts', import.meta.url).href)});
`;

async function run(environment: Record<string, string>, ...flags: string[]): Promise<void> {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    cwd,
    env: environment,
  });
}

test('compiled code is kept in a folder of the user, and a program that may not write runs without', async () => {
  const home = await mkdtemp(join(tmpdir(), 'sariflow-home-'));
  try {
    await run({ HOME: home }, '--permission', '--allow-fs-read=*');
    expect(await readdir(home)).toEqual([]);
    await run({ HOME: home });
    const kept = join(home, '.cache', 'sariflow', 'compiled');
    expect((await stat(kept)).isDirectory()).toBe(true);
    expect((await readdir(kept)).length).toBeGreaterThan(0);
    await run({ XDG_CACHE_HOME: join(home, 'caches') });
    expect(await readdir(join(home, 'caches', 'sariflow'))).toEqual(['compiled']);
    await run({});
    expect((await readdir(home)).sort()).toEqual(['.cache', 'caches']);
  } finally {
    await rm(home, { recursive: true });
  }
});
